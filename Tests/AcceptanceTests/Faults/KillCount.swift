import Foundation

/// How often the service is killed under load: 5 times, or what `DRIFTLINE_KILLS` says.
///
/// 1,000 kills without a loss bound the rate of losses at 0.3 %.
enum KillCount {
    static var value: Int { ProcessInfo.processInfo.environment["DRIFTLINE_KILLS"].flatMap { Int($0) } ?? 5 }
}
