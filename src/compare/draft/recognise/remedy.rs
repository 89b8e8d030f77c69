//! Words of remedies and of reach over borders.

use super::table::{Rule, Says, rule};
use crate::law::Element;

/// The table.
pub(super) const RULES: &[Rule] = &[
    rule(
        Element::Claimant,
        Says::Words,
        [
            &[
                "victim|person|applicant|parent|guardian|representative … may apply|sue|bring|claim|request|seek",
                "on … application of|by … victim|person|police|prosecutor",
            ],
            &[
                "victime|personne|representant … peut demander|saisir|agir|solliciter",
                "a la demande … victime|personne",
            ],
            &[
                "victima|persona|representante … podra|puede|podran solicitar|demandar|pedir|interponer",
                "a solicitud|peticion de … victima",
            ],
            &[
                "vitima|ofendida|pessoa|representante … podera|pode|poderao requerer|solicitar|pedir|propor",
                "a requerimento|pedido da … vitima|ofendida",
            ],
            &[
                "يجوز|يحق|ل … مجني عليه*|ضحي*|متضرر* … طلب|تقدم|رفع",
                "مجني عليه*|ضحي*|متضرر* … طلب|رفع|تقدم",
                "بناء على طلب",
            ],
        ],
    ),
    rule(
        Element::OrdersAvailable,
        Says::Words,
        [
            &[
                "court|judge|magistrate … may|shall|must order|grant|issue|make|prohibit|direct",
                "protection|restraining|removal|interim|emergency order*",
                "injunction*",
                "order … removal|deletion|destruction|destroy|delete|forfeiture",
            ],
            &[
                "ordonnance* … protection|retrait",
                "juge|tribunal … ordonne*|interdi*",
                "interdiction de … contact*|entrer",
            ],
            &[
                "orden* de proteccion|alejamiento|restriccion",
                "medida* … proteccion|cautelar*|precautoria*",
                "juez|jueza|tribunal … ordena*|dispon*|decreta*",
            ],
            &[
                "medida* … protetiva*|cautelar*|urgencia",
                "juiz|juiza|tribunal … determina*|ordena*|conced*",
                "ordem de protecao|remocao",
            ],
            &[
                "امر|اوامر حمايه|ازاله",
                "محكمه|قاضي … تامر|يامر|تقضي|اصدار|تصدر",
                "تدابير|تدبير … حمايه|احترازي*|وقائي*",
            ],
        ],
    ),
    rule(
        Element::Damages,
        Says::Words,
        [
            &["damages|compensation|compensate|restitution", "account of profits"],
            &["dommages interets", "dommages et interets", "indemnis*|reparation"],
            &[
                "danos y perjuicios",
                "indemniz*|compensacion",
                "reparacion integral",
                "reparacion del dano",
            ],
            &[
                "danos morais|materiais",
                "indeniz*|reparacao|ressarc*",
                "perdas e danos",
            ],
            &["تعويض*"],
        ],
    ),
    rule(
        Element::Anonymity,
        Says::Yes,
        [
            &[
                "anonym*|pseudonym*",
                "identity|identify|name … victim … not|never|no … publish*|disclos*|reveal*",
                "no one|person … publish*|disclos*|reveal* … identi*|name … victim|complainant",
                "not|never … publish*|disclos*|reveal* … identi*|name",
                "identity … protected|confidential|withheld|kept",
            ],
            &[
                "anonym*",
                "identite … victime … protegee|confidentiel*|pas",
                "interdi* … divulg*|publi* … identite",
            ],
            &[
                "anonim*",
                "identidad … victima* … reserva*|proteg*|confidencial*|no",
                "reserva|confidencialidad|proteccion … identidad",
                "prohib* … divulg*|public*|revel* … identidad",
            ],
            &[
                "anonim*",
                "identidade … vitima* … sigilo|sigilos*|preserv*|proteg*|nao",
                "sigilo|preservacao|protecao … identidade|nome",
                "vedad*|proibid* … divulg* … identidade|nome",
            ],
            &[
                "سريه|كتمان … هويه|بيانات|مجني",
                "عدم كشف|افشاء … هويه|بيانات",
                "هويه … سريه|كشف|حمايه",
            ],
        ],
    ),
    rule(
        Element::LimitationPeriod,
        Says::Words,
        [
            &[
                "limitation period",
                "limitation of actions",
                "time barred",
                "time limit … claim|action|prosecution",
                "proceedings|claim|action … within … years",
            ],
            &["prescri*", "delai … action"],
            &["prescri*", "plazo … accion|demanda"],
            &["prescri*", "prazo … acao|decadenc*"],
            &["تقادم|تتقادم|تسقط … دعوي"],
        ],
    ),
    rule(
        Element::TerritorialBasis,
        Says::Yes,
        [
            &[
                "within|in the territory|jurisdiction of",
                "committed|act|conduct|offence … in|within|wholly … territory|republic|country",
            ],
            &["sur le territoire", "territoire … republique|national"],
            &["territorio … nacional|republica", "en el territorio|pais"],
            &["territorio … nacional|brasileiro", "no territorio|pais"],
            &["اقليم|اراضي … دوله|جمهوري*|مملك*"],
        ],
    ),
    rule(
        Element::NationalityBasis,
        Says::Yes,
        [
            &[
                "national|nationals|citizen|citizens|resident|residents … abroad|outside|commits|committed|of",
                "outside|abroad … by|against … national*|citizen*|resident*",
            ],
            &[
                "a l etranger … ressortissant*|national*|francais",
                "ressortissant*|nationalite",
            ],
            &[
                "nacional|nacionales|ciudadan*|residente* … extranjero|exterior|fuera",
                "extranjero|exterior … nacional|nacionales|ciudadan*|residente*",
            ],
            &[
                "brasileir*|naciona*|cidada*|residente* … exterior|estrangeiro|fora",
                "exterior|estrangeiro … naciona*|cidada*|brasileir*",
            ],
            &["مواطن* … خارج|ضد", "خارج … مواطن*|مواطني*|جنسي*"],
        ],
    ),
    rule(
        Element::TargetingBasis,
        Says::Yes,
        [
            &[
                "offers|offered|offering|directed|targets|targeting|accessible … to|at|in … users|persons|residents|public|country|territory|republic",
                "wherever … established|located",
            ],
            &[
                "destine*|propose*|offert* … utilisateur*|public|territoire",
                "quel* que soit … lieu … etablissement",
            ],
            &[
                "ofre*|dirig* … usuari*|territorio|pais|republica",
                "independientemente … domicilio|establec*",
            ],
            &[
                "ofert*|dirig*|oferec* … usuari*|territorio|pais|publico",
                "ainda que … sede|exterior",
            ],
            &["تقدم|موجه*|يقدم … مستخدم*|داخل|دوله"],
        ],
    ),
];
