import Monitoring

extension SeriesReader {
    /// What of a model decides which series it has, at one moment.
    struct Subject: Sendable {
        let model: String
        let schema: ModelSchema
        /// The names of its references.
        let references: [String]
        let slices: SliceNames
        let firstEvent: Time?
        let watermark: Time?

        init(
            model: String, schema: ModelSchema, references: [String], slices: SliceNames = SliceNames(),
            firstEvent: Time? = nil, watermark: Time? = nil
        ) {
            self.model = model
            self.schema = schema
            self.references = references
            self.slices = slices
            self.firstEvent = firstEvent
            self.watermark = watermark
        }

        /// What is known of a model now, or was at an earlier time.
        init(_ model: Model, _ perspective: Perspective = .now) async {
            let progress = await model.windows.progress
            self.init(
                model: model.name, schema: model.schema, references: progress.references,
                slices: await model.windows.slices, firstEvent: await model.windows.firstEvent,
                watermark: perspective.time.map { min($0, progress.watermark ?? $0) } ?? progress.watermark)
        }

        /// The ends of complete windows whose samples lie in a stretch or are seen at its beginning, ascending.
        func ends(of window: WindowSpec, from: Time, through: Time) -> [Time] {
            guard let firstEvent, let watermark else { return [] }
            let instant = PrometheusDuration(microseconds: 1)
            let first = max(from - SeriesReader.lookback(of: window) + instant, firstEvent + instant)
            return window.ends(from: first, to: min(through, watermark), limit: SeriesReader.mostEnds)
        }

        /// The ends of complete windows whose samples are seen at an instant, newest first.
        func ends(of window: WindowSpec, seenAt time: Time) -> [Time] {
            guard let firstEvent, let watermark else { return [] }
            let lookback = SeriesReader.lookback(of: window)
            var ends: [Time] = []
            var end = window.lastEnd(notAfter: min(time, watermark))
            while end > firstEvent, time < end + lookback {
                ends.append(end)
                let next = end - window.step
                if next >= end { break }
                end = next
            }
            return ends
        }
    }
}
