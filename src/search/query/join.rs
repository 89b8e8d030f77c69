//! Things asked for, with their signs and ties -> a group of clauses.

use crate::index::keyword::{Clause, FieldName, Group, Occur};

/// How an operand is tied to the one before it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Tie {
    /// By nothing.
    None,
    /// By `AND`.
    And,
    /// By `OR`.
    Or,
}

/// One thing asked for, with its sign and tie.
pub(super) struct Operand {
    /// How it is tied to the one before it.
    pub tie: Tie,
    /// Its sign.
    pub occur: Occur,
    /// The thing itself.
    pub clause: Clause,
}

/// Joins operands by their ties.
pub(super) fn group(operands: Vec<Operand>) -> Group {
    // Sets that stand side by side, each of alternatives (OR), each of operands that go together (AND).
    let mut sets: Vec<Vec<Vec<Operand>>> = Vec::new();
    for operand in operands {
        match (operand.tie, sets.last_mut()) {
            (Tie::Or, Some(set)) => set.push(vec![operand]),
            (Tie::And, Some(set)) => match set.last_mut() {
                Some(chain) => chain.push(operand),
                None => set.push(vec![operand]),
            },
            _ => sets.push(vec![vec![operand]]),
        }
    }
    let alone = sets.len() == 1;
    let mut joined = Group::default();
    let mut filters: Vec<(FieldName, Group)> = Vec::new();
    for mut set in sets {
        if set.len() > 1 {
            alternatives(set, alone, &mut joined);
            continue;
        }
        let chain = set.pop().unwrap_or_default();
        let together = chain.len() > 1;
        for Operand { occur, clause, .. } in chain {
            match (&clause, occur) {
                (Clause::Field(field, _), Occur::Should) if !together && *field != FieldName::Title => {
                    match filters.iter_mut().find(|(own, _)| own == field) {
                        Some((_, values)) => values.clauses.push((Occur::Should, clause)),
                        None => filters.push((
                            *field,
                            Group {
                                clauses: vec![(Occur::Should, clause)],
                            },
                        )),
                    }
                }
                (Clause::Field(..), Occur::Should) => joined.clauses.push((Occur::Must, clause)),
                (_, Occur::Should) if together => joined.clauses.push((Occur::Must, clause)),
                _ => joined.clauses.push((occur, clause)),
            }
        }
    }
    joined
        .clauses
        .extend(filters.into_iter().map(|(_, values)| (Occur::Must, single(values))));
    joined
}

/// Sides of an `OR`: each helps if nothing else was asked, else one of them is required. Filters are always required.
fn alternatives(set: Vec<Vec<Operand>>, alone: bool, joined: &mut Group) {
    let filters_only = set
        .iter()
        .flatten()
        .all(|operand| matches!(operand.clause, Clause::Field(..)));
    let mut sides = Group::default();
    for chain in set {
        let together = chain.len() > 1;
        let of = |operand: Operand| match operand.occur {
            Occur::Should if together => (Occur::Must, operand.clause),
            occur => (occur, operand.clause),
        };
        let side = Group {
            clauses: chain.into_iter().map(of).collect(),
        };
        sides.clauses.push((Occur::Should, single(side)));
    }
    if alone && !filters_only {
        joined.clauses.extend(sides.clauses);
    } else {
        joined.clauses.push((Occur::Must, Clause::Group(sides)));
    }
}

/// A group of one wanted clause is that clause.
fn single(mut group: Group) -> Clause {
    match group.clauses.as_slice() {
        [(Occur::Should | Occur::Must, _)] => group
            .clauses
            .pop()
            .map_or(Clause::Group(Group::default()), |(_, clause)| clause),
        _ => Clause::Group(group),
    }
}
