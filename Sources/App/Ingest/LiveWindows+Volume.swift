import Monitoring
import Statistics
import Store

/// How many rows came, over weeks.
extension LiveWindows {
    /// What there is to know of the weeks before the pooled windows of a declared length; nil for any other.
    ///
    /// The counts of panes are read once, without the panes, and kept up to date by the fold from then on.
    func volumes(
        of generation: Int32, _ slice: Slice, _ length: PrometheusDuration, endingFrom first: Time, to last: Time
    ) async throws -> VolumeHistory? {
        guard slice == .pooled, schema.windows.contains(where: { $0.length == length }), let firstEvent,
            let grid = index(of: generation).map({ generations[$0].panes.grid }),
            let stretch = PaneVolumes.stretch(for: length, from: first, to: last, grid: grid)
        else { return nil }
        while let index = index(of: generation) {
            let stored = generations[index].stored
            let since = max(grid.boundary(notBefore: firstEvent), stored.coversFrom ?? .earliest)
            if let known = generations[index].panes.volumes, known.start <= stretch.from {
                return VolumeHistory(counts: known, since: since, fineFrom: stored.fineFrom)
            }
            // What others saved of panes in memory must be in them, because these stand for what is saved.
            try await load(generations[index].panes.pooledBehind, of: generation)
            let before = epoch
            let saved = try await store.volumes(
                model: id, generation: generation, from: stretch.from, to: .latest)
            // What changed meanwhile may be saved and gone from memory again: it is read once more.
            guard epoch == before, let index = self.index(of: generation),
                generations[index].panes.pooledBehind.isEmpty
            else { continue }
            var counts = PaneVolumes(start: stretch.from, grid: grid)
            for pane in saved {
                let fits = counts.note(
                    predictions: Int(pane.predictions), newestEvent: pane.newestEvent, startingAt: pane.start)
                // Too many panes to know all from then on; those behind the stretch are left out.
                guard fits || pane.start >= stretch.to else { return nil }
            }
            if generations[index].panes.adopt(counts) { continue }
            return VolumeHistory(
                counts: generations[index].panes.overlaid(counts), since: since, fineFrom: stored.fineFrom)
        }
        return nil
    }
}

/// How many rows came in each pane, and since when it can be known.
struct VolumeHistory {
    let counts: PaneVolumes
    /// The start of the first pane that lies wholly behind the model's first event.
    let since: Time
    /// From when on days have panes; what is counted before it are rows that came after the panes had gone.
    let fineFrom: Time?

    /// What is known of the time before a window.
    func volume(of window: Window) -> WindowVolume {
        counts.volume(of: window, since: since, fineFrom: fineFrom)
    }
}
