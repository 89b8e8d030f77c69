//! Stop words: words so frequent in a language that they tell nothing.
//!
//! tantivy's lists, and short ones of our own for languages that it stems but has no list for; all in the form that
//! `fold::lower` gives.

use tantivy::tokenizer::StopWordFilter;

use super::{analysis, fold};

const ARABIC: &str = "في من على إلى الى عن أن إن ان ما لا هذا هذه ذلك تلك التي الذي الذين أو او و ثم كل كما قد لم لن هو هي هم مع بين بعد \
    قبل عند كان كانت يكون تكون غير إذا اذا حيث أي به بها له لها فيه فيها منه منها عليه عليها ذات وفي ومن وعلى أما إلا الا هل كيف متى لكن بل \
    حتى منذ كذلك أيضا وقد ولا وما وان وأن بأن فإن فان لأن التى اليها إليها إليه اليه عنها عنه ولم وهو وهي";
const GREEK: &str = "ο η το οι τα του της των τον την και σε με για από απο στο στη στην στον στα στις που να θα δεν μη είναι ή ως κατά αν";
const ROMANIAN: &str =
    "de la și si în in a al ai ale cu pe pentru din ca că sau nu un o este sunt se care cel cea lui prin mai fi";
const TURKISH: &str = "ve veya bir bu ile için da de olarak olan o şu ki ne gibi göre her ya en çok daha değil mi";

/// The stop words of a language, if there is a list; `primary` is the language part of its code.
pub fn of(primary: &str) -> Option<StopWordFilter> {
    let own = match primary {
        "ar" => ARABIC,
        "el" => GREEK,
        "ro" => ROMANIAN,
        "tr" => TURKISH,
        _ => return StopWordFilter::new(analysis::stemmer(primary)?),
    };
    Some(StopWordFilter::remove(own.split_whitespace().map(fold::lower)))
}
