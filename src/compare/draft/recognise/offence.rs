//! Words of offences: conduct, consent, state of mind, what is covered, who is protected, what aggravates or excuses.

use super::table::{Rule, Says, on_images, rule};
use crate::law::Element;

/// The table.
pub(super) const RULES: &[Rule] = &[
    rule(
        Element::Conduct,
        Says::Words,
        [
            &[
                "who|whoever … shares|share|publish*|distribut*|disseminat*|disclos*|transmit*|sends|send|threaten*|record*|observ*|harass*|stalk*|follow*|monitor*|impersonat*|pretends|incit*|creat*|makes|make|install*",
                "must|shall|may not|never … share|publish|distribute|disseminate|send|threaten",
                "commits an offence",
            ],
            &[
                "quiconque|celui … diffus*|publi*|transm*|envoi*|menac*|enregistr*|capt*|harcel*|usurp*|incit*|port*",
                "fait|faits|acte de … diffus*|publi*|transm*|envoy*|menac*|enregistr*|capt*|harcel*|usurp*|incit*|porter",
                "fait|faits|acte d … envoy*|enregistr*|usurp*|incit*",
            ],
            &[
                "quien|quienes|que … difund*|public*|divulg*|distribu*|compart*|envi*|amenac*|amenaz*|grab*|acos*|acech*|suplant*|incit*|produ*|elabor*|exhib*",
            ],
            &[
                "quem|aquele … divulg*|public*|transm*|compartilh*|ameac*|registr*|persegu*|incit*|produz*|oferec*",
                "divulgar|publicar|transmitir|compartilhar|ameacar|registrar|perseguir|produzir|oferecer|disponibilizar … por|imagem|imagens|fotografia|alguem|cena|video|registro",
            ],
            &["من|كل … نشر|ينشر|بث|وزع|ارسل|هدد|يهدد|صور|سجل|التقط|ابتز|تحرش|انتحل|تعقب|شارك"],
        ],
    ),
    rule(
        Element::Object,
        Says::Words,
        [
            &[
                "intimate|sexual|nude* image*|photo*|video*|recording*|material|content",
                "personal data|information",
                "home address",
                "private act|parts",
                "genitals|buttocks|breasts",
                "identity|account|name of another",
            ],
            &[
                "image*|video*|contenu* intime*|sexuel*",
                "donnees personnelles",
                "caractere sexuel|intime",
                "vie privee",
            ],
            &[
                "imagen|imagenes|video*|material|contenido* intim*|sexual*",
                "datos personales",
                "domicilio",
                "intimidad",
            ],
            &[
                "imagem|imagens|video*|conteudo intim*",
                "cena de nudez|sexo",
                "dados pessoais",
                "nudez",
            ],
            &[
                "صور*|مقطع|مقاطع|محتوي خاص*|حميم*|جنسي*",
                "بيانات شخصي*",
                "خصوصي*",
                "حياه خاصه",
            ],
        ],
    ),
    rule(
        Element::ConsentStandard,
        Says::Words,
        [
            &[
                "without … consent|agreement|permission",
                "consent … given|free*|withdraw*|specific|valid|means|requires",
                "not|never consent*",
                "absence|lack of consent",
                "consents|consented",
            ],
            &[
                "sans … consentement|accord|autorisation",
                "consentement … libre|eclaire|expres|ecrit|retire*",
                "defaut|absence … consentement|accord",
            ],
            &[
                "sin … consentimiento|autorizacion|permiso",
                "consentimiento … libre|expreso|previo|informado|revoca*",
            ],
            &[
                "sem … consentimento|autorizacao|anuencia",
                "consentimento … livre|expresso|previo|informado|revoga*",
            ],
            &["دون|بدون|بغير … رضا*|موافق*|اذن", "موافق* … حر*|صريح*|مسبق*|كتابي*"],
        ],
    ),
    rule(
        Element::MentalElement,
        Says::Words,
        [
            &[
                "intentional*|knowing*|wilful*|willful*|reckless*|deliberate*",
                "intending|intends",
                "with intent",
                "with the intention",
                "knows|knowing|knew",
                "ought to know",
                "reason to believe",
                "reckless*",
                "knowledge of",
            ],
            &[
                "intentionnel*|sciemment|volontaire*|deliberement",
                "en connaissance de cause",
                "par imprudence|negligence",
            ],
            &[
                "intencional*|dolos*|deliberad*",
                "a sabiendas",
                "con dolo|intencion|conocimiento",
                "con animo de",
            ],
            &[
                "intencional*|dolos*|dolo|deliberad*",
                "sabendo|ciente",
                "com consciencia|intencao",
            ],
            &["عمد*|متعمد*|قصد*|علم*", "مع علم*", "سوء نيه"],
        ],
    ),
    rule(
        Element::MotiveRequired,
        Says::Yes,
        [
            &[
                "intent|intention|purpose to|of … distress|humiliat*|harm|embarrass*|degrad*|gain|profit|alarm|coerc*|gratification",
                "for the purpose of … sexual|distress*|humiliat*|harm*|gain|profit",
                "intending to … distress|humiliate|harm|alarm",
            ],
            &[
                "dans le but|dessein de|d",
                "en vue de|d … nuire|humilier|porter|obtenir",
            ],
            &[
                "con|por el fin|animo|proposito|objeto de",
                "con la finalidad|intencion de … danar|causar|obtener|humillar|lucr*",
            ],
            &["com o|a fim|finalidade|intuito|proposito de", "com animo de"],
            &["بقصد|بغرض|بهدف|لغرض"],
        ],
    ),
    rule(
        Element::MotiveRequired,
        Says::No,
        [
            &[
                "irrespective|regardless of … motive|purpose|intent",
                "whatever|no … motive|purpose",
                "motive … irrelevant|immaterial",
                "no … intent|purpose … required|necessary|needed",
            ],
            &[
                "quel*|quelque que soit|soient … motif|mobile|but",
                "independamment du mobile|motif|but",
            ],
            &["independientemente|independencia|cualquiera … motivo|finalidad|proposito|fin"],
            &[
                "independentemente|independente … motivo|finalidade|proposito|fim",
                "qualquer que seja … motivo|finalidade|proposito|fim",
            ],
            &["بصرف|بغض النظر عن … دافع|باعث|غرض", "ايا كان … دافع|باعث|غرض"],
        ],
    ),
    on_images(
        Element::ThreatCovered,
        Says::Yes,
        [
            &[
                "threaten*|threat|threats … share|publish|disclos*|distribut*|disseminat*|send|release|so|do",
                "threaten*|threat|threats … image*|material|recording*|sharing|publication",
                "sextortion",
            ],
            &[
                "menac* … diffus*|publi*|divulg*|transm*|communiqu*|image*",
                "chantage … image*",
            ],
            &[
                "amenaz*|amenac* … difund*|public*|divulg*|compart*|distribu*|imagen*|hacerlo|difusion",
                "sextorsion",
            ],
            &[
                "ameac* … divulg*|public*|compartilh*|transm*|imagem|imagens|faze",
                "sextorsao",
            ],
            &["هدد|يهدد|تهديد … نشر*|بنشر*|بث|صور*|محتوي", "ابتز*|ابتزاز"],
        ],
    ),
    on_images(
        Element::SyntheticCovered,
        Says::Yes,
        [
            &[
                "synthetic*|deepfake*|manipulated",
                "computer generated",
                "digitally altered",
                "generated|altered|created|manipulated|modified|edited … by|using|with|through … technolog*|artificial|software|means|computer*",
                "artificial intelligence",
                "falsely|appears|purports to show|depict",
            ],
            &[
                "hypertrucage*|deepfake*|synthetique*|montage",
                "intelligence artificielle",
                "genere*|modifie*|altere*|truque* … algorithmi*|technolog*|numerique*|traitement|logiciel*|moyen*",
            ],
            &[
                "deepfake*|sintetic*|ultrafals*",
                "inteligencia artificial",
                "generad*|alterad*|manipulad*|modificad*|editad*|simulad* … tecnolog*|digital*|programa*|medio*|artificial*",
                "imagen*|video*|material|contenido* … alterad*|manipulad*|generad*|editad*|simulad*",
            ],
            &[
                "deepfake*|sintetic*",
                "inteligencia artificial",
                "gerad*|alterad*|manipulad*|adulterad*|montagem … tecnolog*|digital|digitais|programa*|meio*",
                "montagem",
            ],
            &[
                "تزييف|عميق|مصطنع*|مركب*|اصطناعي*|معدل*",
                "ذكاء اصطناعي",
                "معالج* … رقمي*|تقني*|صور*",
            ],
        ],
    ),
    on_images(
        Element::SyntheticCovered,
        Says::No,
        [
            &["does not include|apply|cover … synthetic|generated|altered|deepfake*"],
            &[],
            &["no se aplica|incluye … sintetic*|generad*|alterad*"],
            &["nao se aplica|inclui … sintetic*|gerad*|alterad*"],
            &[],
        ],
    ),
    on_images(
        Element::PrivateSharingCovered,
        Says::Yes,
        [
            &[
                "one|single other|person|recipient",
                "any other person",
                "another person",
                "one or more … person*|recipient*",
                "privately",
                "private message*",
                "third part*",
            ],
            &["un tiers", "a une ou plusieurs personnes", "seule personne"],
            &["terceros|tercero", "una o mas|varias personas", "una sola persona"],
            &["terceiro|terceiros", "uma ou mais|varias pessoas", "uma unica pessoa"],
            &["الغير|غير", "شخص او اكثر", "طرف ثالث"],
        ],
    ),
    on_images(
        Element::PrivateSharingCovered,
        Says::No,
        [
            &["only if|where|when … public|publicly", "available to the public only"],
            &[],
            &[],
            &[],
            &[],
        ],
    ),
    rule(
        Element::VictimScope,
        Says::Words,
        [
            &[
                "any|every person … regardless|whatever|irrespective|any … sex|gender|age",
                "another person",
                "any other person",
                "victim means",
                "women and girls",
            ],
            &[
                "autrui",
                "une|autre personne",
                "toute personne … quel*|sans",
                "victime … s entend",
                "victime … designe",
            ],
            &[
                "otra|una|cualquier persona",
                "victima … entiende|entendera",
                "las mujeres|ninas|adolescentes",
            ],
            &[
                "toda|qualquer pessoa … sexo|genero|idade|sem",
                "outra|outro pessoa",
                "alguem|outrem",
                "as mulheres|meninas",
                "vitima … entende|considera",
            ],
            &[
                "كل شخص|انسان … جنس*|نوع|عمر|سن",
                "شخص اخر",
                "مجني عليه*|ضحي* … يقصد",
                "مراه|نساء|فتيات",
            ],
        ],
    ),
    rule(
        Element::RelationshipRequired,
        Says::Yes,
        [
            &["only … spouse|partner|relationship"],
            &["seulement|uniquement … conjoint|partenaire"],
            &["haya mantenido … relacion", "solo|unicamente … conyuge|pareja"],
            &[
                "mantem|mantenha|tenha … mantido relacao",
                "somente|apenas … conjuge|companheir*",
            ],
            &["فقط … زوج|زوجه"],
        ],
    ),
    rule(
        Element::RelationshipRequired,
        Says::No,
        [
            &[
                "whether or not … relationship|married|spouse|partner",
                "irrespective|regardless of … relationship",
                "no relationship … required|necessary|needed",
            ],
            &["quel*|independamment … lien|relation"],
            &[
                "independientemente|independencia … relacion|vinculo|parentesco",
                "exista o no … relacion|vinculo|parentesco",
            ],
            &["independentemente … relacao|vinculo", "haja ou nao … relacao|vinculo"],
            &["بصرف|بغض النظر … علاق*|صله"],
        ],
    ),
    rule(
        Element::GenderAggravation,
        Says::Words,
        [
            &[
                "because of … sex|gender|orientation",
                "on grounds|account of … sex|gender|orientation",
                "gender based",
                "bias|motivat* … aggravat*|increas*|sentence",
            ],
            &["raison … sexe|genre|orientation"],
            &["por razon*|motivo* de … genero|sexo|orientacion"],
            &[
                "por razoes|razao da … condicao|sexo|genero",
                "condicao de sexo feminino|mulher",
            ],
            &["بسبب … جنس|نوع", "على اساس … جنس|نوع"],
        ],
    ),
    rule(
        Element::AggravatingFactors,
        Says::Words,
        [
            &[
                "aggravat*",
                "where|if … minor|child|partner|spouse|gain|office … maximum|penalt*|years|increas*|doubled",
                "penalt*|sentence|term … increased|doubled|raised",
            ],
            &["circonstance* aggravante*", "peine* … portee*|aggravee*|doublee*"],
            &[
                "agrava*",
                "pena* … aument*|incrementa*|eleva*",
                "se aumentara|incrementara|elevara",
            ],
            &[
                "agravant*|majorad*",
                "aumento de pena",
                "pena … aumentada|duplicada",
                "aumenta se a pena",
            ],
            &["ظرف*|ظروف مشدد*", "تشدد|تضاعف|مشدد* … عقوب*"],
        ],
    ),
    rule(
        Element::Defences,
        Says::Words,
        [
            &[
                "defence|defense|defences|exception|exemption",
                "not commit|an offence",
                "not commit an offence",
                "no offence",
                "reasonable excuse",
                "public interest",
                "good faith",
                "journalis*|satire|research|artistic",
                "does not apply … to|where|if",
            ],
            &[
                "n est pas punissable",
                "ne constitue pas",
                "interet public|general",
                "bonne foi",
                "journalis*|artistique|scientifique",
                "motif legitime",
            ],
            &[
                "no sera|constituye|es punible|delito",
                "interes publico",
                "buena fe",
                "periodis*|artistic*|cientific*",
                "exclu* … responsabilidad",
            ],
            &[
                "nao constitui|ha|e crime|punivel",
                "interesse publico",
                "boa fe",
                "jornalis*|artistic*|cientific*",
            ],
            &[
                "لا يعد|تعتبر|يعتبر|جريمه",
                "مصلح* عام*",
                "حسن نيه",
                "صحف*",
                "بحث علمي",
                "سبب مشروع",
            ],
        ],
    ),
    rule(
        Element::ComplaintRequired,
        Says::Yes,
        [
            &[
                "upon|on|only … complaint of|by",
                "complaint … required|necessary",
                "no prosecution … except|without|unless … complaint",
            ],
            &["sur plainte", "plainte prealable"],
            &[
                "instancia|peticion de parte|la",
                "previa|mediante querella|denuncia",
                "delito … se persigue … querella",
            ],
            &["mediante representacao|queixa", "procede … representacao|queixa"],
            &["بناء على شكوي|طلب", "لا تحرك|ترفع … شكوي"],
        ],
    ),
    rule(
        Element::ComplaintRequired,
        Says::No,
        [
            &[
                "no complaint",
                "no complaint … required|necessary|needed",
                "without … complaint",
                "whether or not … complaint",
                "complaint … not required|necessary|needed",
                "ex officio",
                "own motion … prosecut*",
                "prosecut* … own motion",
            ],
            &["d office", "sans plainte", "absence de plainte"],
            &["de oficio", "accion publica", "sin necesidad de denuncia|querella"],
            &[
                "de oficio",
                "acao penal publica incondicionada",
                "independentemente de representacao|queixa",
            ],
            &["دون حاجه|اشتراط … شكوي", "من تلقاء نفس*"],
        ],
    ),
];
