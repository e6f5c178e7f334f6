import Monitoring
import Query
import Testing

struct SeriesStorageTests {
    private func value(_ storage: SeriesStorage, _ text: String, at minute: Int64) throws -> [Double] {
        let expression = try Expression(text)
        let time = Time(microseconds: minute * 60_000_000)
        return expression.seen(storage.series(for: expression, at: time), at: time).flatMap { $0.map(\.value) }
    }

    private func storage() -> SeriesStorage {
        var storage = SeriesStorage()
        storage.append(1, to: ["__name__": "x"], at: .epoch)
        storage.append(2, to: ["__name__": "x"], at: Time(microseconds: 600_000_000))
        return storage
    }

    @Test(arguments: [(0, [1]), (5, [1]), (6, []), (10, [2]), (15, [2]), (16, [])] as [(Int64, [Double])])
    func `a sample is seen for five minutes, both ends included`(minute: Int64, expected: [Double]) throws {
        #expect(try value(storage(), "x", at: minute) == expected)
    }

    @Test(arguments: [(10, [1]), (15, [1]), (20, [2])] as [(Int64, [Double])])
    func `an offset looks back`(minute: Int64, expected: [Double]) throws {
        #expect(try value(storage(), "x offset 10m", at: minute) == expected)
    }

    @Test func `an ended series is not seen until a sample comes`() throws {
        var storage = storage()
        storage.markStale(["__name__": "x"], at: Time(microseconds: 660_000_000))
        #expect(try value(storage, "x", at: 11) == [])
        #expect(try value(storage, "x", at: 10) == [2])
        storage.append(3, to: ["__name__": "x"], at: Time(microseconds: 720_000_000))
        #expect(try value(storage, "x", at: 12) == [3])
    }

    @Test func `a sample that is not newer than the last is dropped`() throws {
        var storage = storage()
        storage.append(9, to: ["__name__": "x"], at: Time(microseconds: 600_000_000))
        #expect(try value(storage, "x", at: 10) == [2])
    }
}
