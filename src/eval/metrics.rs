//! nDCG and recall as trec_eval computes them: gain is the grade itself, discount the logarithm of the place.

use std::collections::HashMap;

/// Normalised discounted cumulative gain of the first `depth` identifiers; 0 where nothing is relevant.
pub fn ndcg<S: AsRef<str>>(ranked: &[S], grades: &HashMap<String, u32>, depth: usize) -> f64 {
    let gained = |grades: &mut dyn Iterator<Item = u32>| -> f64 {
        grades
            .take(depth)
            .enumerate()
            .map(|(at, grade)| f64::from(grade) / (at as f64 + 2.0).log2())
            .sum()
    };
    let found = gained(
        &mut ranked
            .iter()
            .map(|id| grades.get(id.as_ref()).copied().unwrap_or_default()),
    );
    let mut best: Vec<u32> = grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = gained(&mut best.into_iter());
    if ideal > 0.0 { found / ideal } else { 0.0 }
}

/// Share of the relevant identifiers that are among the first `depth`; 0 where nothing is relevant.
pub fn recall<S: AsRef<str>>(ranked: &[S], grades: &HashMap<String, u32>, depth: usize) -> f64 {
    let relevant = grades.values().filter(|grade| **grade > 0).count();
    let is_relevant = |id: &&S| grades.get(id.as_ref()).is_some_and(|grade| *grade > 0);
    let found = ranked.iter().take(depth).filter(is_relevant).count();
    if relevant > 0 {
        found as f64 / relevant as f64
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grades(list: &[(&str, u32)]) -> HashMap<String, u32> {
        list.iter().map(|(id, grade)| ((*id).to_owned(), *grade)).collect()
    }

    #[test]
    fn agrees_with_trec_eval() {
        let grades = grades(&[("a", 2), ("b", 1), ("c", 0)]);
        assert!((ndcg(&["a", "b"], &grades, 10) - 1.0).abs() < 1e-12);
        let other_way_round = (1.0 + 2.0 / 3_f64.log2()) / (2.0 + 1.0 / 3_f64.log2());
        assert!((ndcg(&["b", "a"], &grades, 10) - other_way_round).abs() < 1e-12);
        assert_eq!(ndcg(&["c"], &grades, 10), 0.0);
        assert_eq!(recall(&["c", "a"], &grades, 10), 0.5);
        assert_eq!(recall(&["c", "a"], &grades, 1), 0.0);
        assert_eq!(ndcg(&["a"], &HashMap::new(), 10), 0.0);
    }
}
