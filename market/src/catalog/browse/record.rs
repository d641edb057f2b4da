//! How a vendor answers, as lists and pages show it.

/// Figures of a vendor's threads over the period of the public clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerRecord {
    /// Threads that count.
    pub asked: i64,
    /// Answered or declined in time.
    pub answered_in_time: i64,
    /// Mean time to the first answer of the fastest 80 %, on the response clock.
    pub mean_micros: Option<i64>,
}

/// What may be shown of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownRecord {
    /// Share answered in time, in whole percent, rounded down.
    pub rate_percent: i64,
    /// Mean time to the first answer.
    pub mean_micros: i64,
}

impl AnswerRecord {
    /// From the columns of a vendor that may have no figures yet.
    pub fn from_columns(asked: Option<i64>, answered_in_time: Option<i64>, mean_micros: Option<i64>) -> Self {
        Self { asked: asked.unwrap_or(0), answered_in_time: answered_in_time.unwrap_or(0), mean_micros }
    }

    /// The figures for people; none below `least` threads, or when nothing was ever answered.
    pub fn shown(&self, least: i64) -> Option<ShownRecord> {
        let mean_micros = self.mean_micros.filter(|_| self.asked >= least.max(1))?;
        Some(ShownRecord { rate_percent: self.answered_in_time * 100 / self.asked.max(1), mean_micros })
    }

    /// Share answered in time in thousandths, for the search index; 0 below `least` threads.
    pub fn permille(&self, least: i64) -> u32 {
        if self.asked < least.max(1) {
            0
        } else {
            u32::try_from(self.answered_in_time.max(0) * 1000 / self.asked).unwrap_or(1000).min(1000)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_threads_show_nothing() {
        let record = AnswerRecord { asked: 4, answered_in_time: 4, mean_micros: Some(1) };
        assert_eq!((record.shown(5), record.permille(5)), (None, 0));
        let enough = AnswerRecord { asked: 6, ..record };
        assert_eq!(enough.shown(5), Some(ShownRecord { rate_percent: 66, mean_micros: 1 }));
        assert_eq!(enough.permille(5), 666);
        assert_eq!(AnswerRecord { mean_micros: None, ..enough }.shown(5), None);
    }
}
