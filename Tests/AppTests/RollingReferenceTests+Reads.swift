import HTTPTypes
import JSON
import Testing

extension RollingReferenceTests {
    @Test func `windows read one after another move the stretch on, back and over late rows`() async throws {
        try await ServiceFixture.with { service in
            try await Self.model(service)
            try await service.call(
                .put, "/v1/models/m/references/training", Self.trainingRows(0..<10), type: "text/csv")
            try await service.call(.put, "/v1/models/m/references/before", #"{"trailing":"3d"}"#)
            try await service.call(.put, "/v1/models/m/references/recent", #"{"trailing":"1d","lag":"3d"}"#)
            try await Self.fill(service, days: 0..<10)
            func check(_ days: [Int], late: Int? = nil) async throws {
                for day in days {
                    for (name, stretch) in [("before", day - 4..<day - 1), ("recent", day - 4..<day - 3)] {
                        let found = try await window(service, name, endDay: day)
                        var values = Self.values(stretch)
                        if let late, stretch.contains(late) { values.append(7) }
                        #expect(found["reference"]?["count"]?.int64 == Int64(values.count), "\(name) \(day)")
                        #expect(ks(found) == Self.ks(Self.values(day - 1..<day), values), "\(name) \(day)")
                    }
                }
            }
            try await check([6, 7, 8, 10, 9, 6, 10])
            let late = """
                {"prediction_id":"late","timestamp":"\(Self.time(day: 6, hour: 3))","features":{"x":7,"c":"k1"},\
                "prediction":"1","score":0.5}
                """
            #expect(try await service.call(.post, "/v1/models/m/predictions", late).status == 200)
            try await check([10, 9, 8, 10], late: 6)
        }
    }
}
