//! What a provision is about, from the closed list; and which documents there are.

use super::closed_list::closed_list;

closed_list! {
    /// What a provision is about.
    Topic, "topic" {
        /// Sharing an intimate image without consent.
        IntimateImageAbuse = "intimate-image-abuse",
        /// Altered or generated intimate images, making or sharing them.
        SyntheticIntimateImages = "synthetic-intimate-images",
        /// Threatening to share intimate images, sextortion.
        ThreatsToShare = "threats-to-share",
        /// Secret observation or recording of private acts, upskirting.
        Voyeurism = "voyeurism",
        /// Sending unsolicited sexual images.
        Cyberflashing = "cyberflashing",
        /// Repeated following, monitoring or tracking by electronic means.
        Cyberstalking = "cyberstalking",
        /// Abusive, insulting or threatening electronic communication.
        OnlineHarassment = "online-harassment",
        /// Publishing personal data to expose a person to harm.
        Doxing = "doxing",
        /// False profiles and stolen identities.
        OnlineImpersonation = "online-impersonation",
        /// Incitement to hatred or violence because of sex or gender.
        GenderBasedHateSpeech = "gender-based-hate-speech",
        /// Terrorist and violent extremist content online, its removal.
        ViolentExtremistContent = "violent-extremist-content",
        /// A platform's duty to act on notices or orders, and its deadline.
        NoticeAndRemoval = "notice-and-removal",
        /// A platform's duty to assess and reduce risk, codes, audits, transparency reports.
        PlatformRiskAssessment = "platform-risk-assessment",
        /// Rules on ranking, feeds and algorithmic amplification.
        RecommenderSystems = "recommender-systems",
        /// Profiling and targeted advertising.
        BehaviouralAdvertising = "behavioural-advertising",
        /// Labelling of generated content, disclosure.
        AiTransparency = "ai-transparency",
        /// Banned AI practices, facial recognition, spyware.
        ProhibitedAiAndSurveillance = "prohibited-ai-and-surveillance",
        /// Damages, injunctions, copyright or privacy claims.
        CivilRemedies = "civil-remedies",
        /// Restraining and protection orders that reach online conduct.
        ProtectionOrders = "protection-orders",
        /// Reach of the law beyond the territory.
        ExtraterritorialJurisdiction = "extraterritorial-jurisdiction",
        /// Preservation, production and cross-border cooperation.
        ElectronicEvidence = "electronic-evidence",
        /// Support services, anonymity, no re-victimisation.
        VictimSupportAndAnonymity = "victim-support-and-anonymity",
        /// Education, training, statistics, national plans.
        PreventionAndData = "prevention-and-data",
        /// Gender commitments in AI strategies and in women, peace and security plans.
        GenderInAiAndSecurityPolicy = "gender-in-ai-and-security-policy",
    }
}

closed_list! {
    /// What kind of document a note is; the first folder of its identifier tells it too.
    Kind, "kind" {
        /// A model law, article by article.
        ModelLaw = "model-law",
        /// Notes on one law of a jurisdiction.
        Legislation = "legislation",
        /// Notes on a treaty, directive, resolution or soft-law standard.
        Instrument = "instrument",
        /// One decision of a court or body.
        Judgment = "judgment",
        /// How a jurisdiction deals with the subject, its gaps and disputed points.
        Jurisdiction = "jurisdiction",
    }
}

impl Topic {
    /// The identifier in plain words, as people read and search it: `intimate image abuse`.
    pub fn label(self) -> String {
        let words = self
            .as_str()
            .split('-')
            .map(|word| if word == "ai" { "AI" } else { word });
        words.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusal_names_the_nearest_word() {
        let refused = "cyberstalkin".parse::<Topic>().unwrap_err();
        assert_eq!(refused.nearest, Some("cyberstalking"));
        assert!(
            refused
                .to_string()
                .starts_with("`cyberstalkin` is not a topic (did you mean `cyberstalking`?)")
        );
        assert_eq!(Topic::ALL.len(), 24);
    }
}
