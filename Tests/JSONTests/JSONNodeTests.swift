import Testing

@testable import JSON

struct JSONNodeTests {
    @Test func `literals make nodes`() {
        let node: JSONNode = ["task": "binary", "n": 3, "x": 0.5, "on": true, "none": nil, "list": [1, "a"]]
        #expect(node.text == #"{"task":"binary","n":3,"x":0.5,"on":true,"none":null,"list":[1,"a"]}"#)
    }

    @Test func `members keep their order and are found by name`() throws {
        let node = try JSONNode(parsing: #"{"z":1,"a":{"b":[true,null,2.5]}}"#)
        #expect(node.members?.map(\.name) == ["z", "a"])
        #expect(node["a"]?["b"]?.elements?.count == 3)
        #expect(node["a"]?["b"]?.elements?[0].bool == true)
        #expect(node["a"]?["b"]?.elements?[1].isNull == true)
        #expect(node["missing"] == nil)
        #expect(node.string == nil)
    }

    @Test(arguments: [("1", 1 as Int64?), ("1.0", 1), ("1.5", nil), ("1e2", 100), ("1e300", nil), ("\"1\"", nil)])
    func `whole numbers are integers however they are written`(text: String, expected: Int64?) throws {
        #expect(try JSONNode(parsing: text).int64 == expected)
    }

    @Test(
        arguments: [("1.0", "1"), ("true", "true"), ("\"x\"", "x"), ("null", nil), ("[]", nil)] as [(String, String?)])
    func `scalars have a shortest text`(text: String, expected: String?) throws {
        #expect(try JSONNode(parsing: text).scalarText == expected)
    }

    @Test(arguments: [
        ("object", "{}"), ("array", "[]"), ("string", "\"\""), ("number", "1"), ("bool", "false"), ("null", "null"),
    ])
    func `every kind is known`(kind: String, text: String) throws {
        #expect(try JSONNode(parsing: text).kind.rawValue == kind)
    }
}
