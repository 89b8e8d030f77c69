//! Words of the duties of platforms and of everyone who holds data: who owes what, when, and to whom.

use super::table::{Rule, Says, rule};
use crate::law::Element;

/// The table.
pub(super) const RULES: &[Rule] = &[
    rule(
        Element::DutyHolder,
        Says::Words,
        [
            &[
                "service|services|platform* provider*",
                "online|digital|social|hosting|internet … platform*|service*|intermediar*|provider*",
                "provider* of … service*",
                "ministry|minister|government|police|prosecutor|court must|shall",
            ],
            &[
                "fournisseur*|prestataire*|hebergeur*|plateforme*|operateur*",
                "le ministre|gouvernement|etat … doit|veille|assure",
            ],
            &[
                "proveedor*|prestador*|plataforma*|intermediario*",
                "el ministerio|estado|gobierno|fiscalia … debe*|garantiza*|adopta*",
            ],
            &[
                "provedor*|plataforma*|prestador*|intermediario*",
                "o ministerio|estado|governo … deve*|garanti*|adota*",
                "poder publico … deve*|garanti*",
            ],
            &[
                "مزود*|مقدم* … خدم*",
                "منصه|منصات",
                "وزاره|وزير|حكومه|دوله … يجب|تلتزم|تتولي|يتولي",
            ],
        ],
    ),
    rule(
        Element::Trigger,
        Says::Words,
        [
            &[
                "upon|after|on … receiving|receipt|notice|notification|report|order|request",
                "within … of … notice|notification|report|order|request|receiving|receipt",
                "actual knowledge",
                "aware of",
                "court order",
            ],
            &[
                "apres|des|reception … notification|signalement|demande|injonction",
                "connaissance effective",
            ],
            &[
                "tras|recibid*|recepcion … notificacion|aviso|denuncia|orden|solicitud",
                "conocimiento efectivo",
                "orden judicial",
            ],
            &[
                "apos|recebi* … notificacao|denuncia|ordem|solicitacao",
                "conhecimento efetivo",
                "ordem judicial",
            ],
            &["من تاريخ|تلقي|استلام|ورود … اخطار|بلاغ|طلب|امر", "امر قضائي", "علم فعلي"],
        ],
    ),
    rule(
        Element::ProactiveDuty,
        Says::Yes,
        [
            &[
                "detect|prevent … upload*|reupload*|reappear*|dissemination",
                "proactive*",
                "hash matching",
            ],
            &[
                "detect* … proactiv*|automati*",
                "empecher … remise|nouvelle|reapparition",
            ],
            &[
                "proactiv*",
                "detectar|impedir|evitar … nuev*|recarga*|reaparicion|resubi*",
            ],
            &["proativ*", "detectar|impedir … novo|reenvio|republica*"],
            &["استباقي*", "منع … اعاده … نشر|رفع|تحميل"],
        ],
    ),
    rule(
        Element::ProactiveDuty,
        Says::No,
        [
            &[
                "no … general … obligation|duty … monitor",
                "not … obliged|required … monitor",
            ],
            &["pas|aucune … obligation generale … surveillance"],
            &["no|ninguna … obligacion general … supervis*|vigil*|monitore*"],
            &["nao|nenhuma … obrigacao|dever geral … monitor*|vigil*"],
            &["لا … التزام عام … مراقب*"],
        ],
    ),
    rule(
        Element::RiskAssessment,
        Says::Yes,
        [
            &["assess*|assessment* … risk*", "risk assessment*"],
            &["evalu* … risque*"],
            &["evalu* … riesgo*"],
            &["avali* … risco*"],
            &["تقييم … مخاطر"],
        ],
    ),
    rule(
        Element::TransparencyReport,
        Says::Yes,
        [
            &[
                "transparency report*",
                "publish*|public … report* … removal*|notice*|moderation|complaint*|year*",
                "annual report*",
            ],
            &["rapport* … transparence", "publie* … rapport*"],
            &["informe* … transparencia", "publica* … informe*"],
            &["relatorio* … transparencia", "publica* … relatorio*"],
            &["تقرير|تقارير … شفافيه", "ينشر|تنشر … تقرير|تقارير"],
        ],
    ),
    rule(
        Element::RecommenderDuty,
        Says::Yes,
        [
            &[
                "recommender|recommendation|ranking system*",
                "algorithm* … amplif*|recommend*|rank*",
            ],
            &["systeme* de recommandation", "algorithme* … recommand*|amplifi*"],
            &["sistema* de recomendacion", "algoritmo* … recomend*|amplific*"],
            &["sistema* de recomendacao", "algoritmo* … recomend*|amplific*"],
            &["انظمه|نظام توصيه|توصيات", "خوارزمي* … توصي*"],
        ],
    ),
    rule(
        Element::AdvertisingDuty,
        Says::Yes,
        [
            &[
                "targeted|behavioural|personali* advertis*",
                "profiling … advertis*",
                "advertis* … profiling|targeted",
            ],
            &["publicite … ciblee|comportementale"],
            &["publicidad … dirigida|segmentada|comportamental|personalizada"],
            &["publicidade … dirigida|segmentada|comportamental|personalizada"],
            &["اعلان* … موجه*|مستهدف*"],
        ],
    ),
    rule(
        Element::LabellingDuty,
        Says::Yes,
        [
            &[
                "label*|mark*|watermark* … generated|artificial*|synthetic|manipulated",
                "generated|artificial*|synthetic … label*|marked|watermark*",
            ],
            &[
                "etiquet*|marqu*|signal*|filigrane … genere*|artificiel*",
                "genere*|artificiel* … etiquet*|filigrane",
            ],
            &[
                "etiquet*|marca* … generad*|artificial*|sintetic*",
                "generad*|artificial* … etiquet*",
            ],
            &["rotul*|etiquet*|marca* … gerad*|artificial|artificiais|sintetic*"],
            &["وسم|توسيم|علام* … مولد*|اصطناعي*"],
        ],
    ),
    rule(
        Element::Regulator,
        Says::Words,
        [
            &[
                "regulator",
                "regulatory|supervisory authority",
                "commission|commissioner|authority … supervis*|monitor*|enforce*|oversee*|established",
            ],
            &[
                "autorite de regulation|controle",
                "autorite competente",
                "autorite … regulation|controle|surveill*",
            ],
            &[
                "autoridad … control|regulador*|competente|supervis*",
                "organo regulador|rector",
            ],
            &[
                "autoridade … controle|reguladora|competente|fiscaliz*",
                "orgao regulador",
            ],
            &["هيئه|سلطه|جهه … تنظيم*|رقاب*|مختص*"],
        ],
    ),
    rule(
        Element::UserRedress,
        Says::Words,
        [
            &[
                "appeal|appeals|redress",
                "internal complaint*",
                "counter notice",
                "review of … decision|refusal|removal",
                "contest … decision|removal",
            ],
            &[
                "recours|contest* … decision",
                "contre notification",
                "reclamation interne",
            ],
            &[
                "recurso|recurrir|impugn*|apelar … decision|retirada",
                "contranotificacion",
                "reclamacion interna",
            ],
            &[
                "recurso|recorrer|impugn*|contest* … decisao|remocao",
                "contranotificacao",
            ],
            &["تظلم|طعن|اعتراض … قرار|علي"],
        ],
    ),
    rule(
        Element::CooperationDuty,
        Says::Yes,
        [
            &[
                "must|shall … cooperate|disclose|produce|assist|assistance",
                "co operate",
                "mutual legal assistance",
                "international cooperation",
                "international co operation",
            ],
            &[
                "doit|doivent|tenu* … cooper*|communiquer|fournir",
                "entraide judiciaire",
                "cooperation internationale",
            ],
            &[
                "debe*|obligad* … cooperar|colaborar|entregar|proporcionar",
                "cooperacion|asistencia … internacional|judicial",
            ],
            &[
                "deve*|obrigad* … cooperar|colaborar|fornecer",
                "cooperacao|assistencia … internacional|judicial|juridica",
            ],
            &[
                "يلتزم|تلتزم|يجب … تعاون|تقديم|تزويد",
                "تعاون دولي|قضائي",
                "مساعده قانوني*|قضائي*",
            ],
        ],
    ),
    rule(
        Element::Monitoring,
        Says::Words,
        [
            &[
                "annual|yearly|biennial report*",
                "statistics",
                "disaggregated data",
                "monitor* … implementation|plan|law",
                "evaluat* … plan|law|implementation",
            ],
            &["rapport annuel", "statistiques", "suivi|evaluation … plan|loi|mise"],
            &[
                "informe anual",
                "estadisticas",
                "seguimiento|evaluacion … plan|ley|politica",
            ],
            &[
                "relatorio anual",
                "estatisticas",
                "monitoramento|avaliacao … plano|lei|politica",
            ],
            &["تقرير سنوي", "احصاء*|احصائي*", "متابع*|تقييم … تنفيذ|خطه"],
        ],
    ),
    rule(
        Element::GenderCommitment,
        Says::Words,
        [
            &[
                "gender equality|perspective|stereotype*|responsive",
                "discrimination against women",
            ],
            &["egalite … femmes|sexes|genre", "perspective de genre"],
            &["igualdad … genero|mujeres", "perspectiva de genero"],
            &["igualdade … genero|mulheres", "perspectiva de genero"],
            &["مساواه … جنسين|مراه", "نوع اجتماعي"],
        ],
    ),
    rule(
        Element::TechnologyCommitment,
        Says::Words,
        [
            &[
                "digital literacy|education|safety|skills|citizenship",
                "curricul* … online|digital|internet",
            ],
            &[
                "education|culture|alphabetisation numerique",
                "programme* … numerique|internet",
            ],
            &["alfabetizacion|educacion|ciudadania … digital"],
            &["alfabetizacao|educacao|cidadania … digital|midiatica"],
            &["محو اميه … رقمي*", "توعيه|تعليم|ثقافه … رقمي*"],
        ],
    ),
];
