import Testing

@testable import JSON

struct JSONWriterTests {
    @Test func `members that were written apart are the members written at once`() {
        var (first, none, second) = (JSONWriter(), JSONWriter(), JSONWriter())
        first.member("a", 1)
        first.object("b") { $0.member("c", "d") }
        second.member("e", true)
        none.removeAll()
        var whole = JSONWriter()
        whole.object { object in
            for part in [none, first, none, second] { object.members(of: part) }
            object.member("f", 2)
        }
        #expect(whole.text == #"{"a":1,"b":{"c":"d"},"e":true,"f":2}"#)
    }

    @Test func `commas and nesting come by themselves`() {
        var writer = JSONWriter()
        writer.object { object in
            object.member("a", 1)
            object.array("b") { array in
                array.value(1.5)
                array.value("x")
                array.object { _ in }
                array.array { inner in
                    inner.null()
                    inner.value(true)
                }
            }
            object.object("c") { inner in inner.member("d", false) }
            object.member("e", json: "[1,2]")
            object.member("f", ["x", "y"])
            object.member("g", [1, nil, .nan] as [Double?])
        }
        #expect(
            writer.text
                == #"{"a":1,"b":[1.5,"x",{},[null,true]],"c":{"d":false},"e":[1,2],"f":["x","y"],"g":[1,null,null]}"#)
    }

    @Test func `text is escaped where it must be and nowhere else`() throws {
        let hostile = "\u{0}\u{1}\u{8}\t\n\u{c}\r\u{1f}\"\\/é😀</script>\u{7f}\u{2028}"
        var writer = JSONWriter()
        writer.value(hostile)
        #expect(writer.text == #""\u0000\u0001\b\t\n\f\r\u001f\"\\/é😀</script>"# + "\u{7f}\u{2028}\"")
        #expect(try JSONNode(parsing: writer.bytes).string?.utf8.elementsEqual(hostile.utf8) == true)
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (1e-6, "0.000001"), (1e-7, "1e-7"),
        (1.25e-10, "1.25e-10"),
        (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e300, "1.5e+300"), (.leastNonzeroMagnitude, "5e-324"),
        (123456.789, "123456.789"),
        (0.00123, "0.00123"), (9007199254740994, "9007199254740994"), (333333333.33333329, "333333333.3333333"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
        (1e16, "10000000000000000"), (-1e-5, "-0.00001"), (4.35, "4.35"), (0x1p68, "295147905179352830000"),
    ])
    func `doubles are written as by RFC 8785`(value: Double, expected: String) {
        var writer = JSONWriter()
        writer.value(value)
        #expect(writer.text == expected)
    }

    @Test(arguments: 0..<200)
    func `every double is read back as itself`(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<100 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            let value = Double(bitPattern: state)
            guard value.isFinite else { continue }
            let text = NumberText.shortest(value)
            #expect(Double(text) == value, "\(text)")
            #expect(try JSONNode(parsing: text).double == value, "\(text)")
            // Of such a size most numbers of answers are, and they are written another way.
            let usual = Double(sign: value.sign, exponent: Int(state % 64) - 14, significand: value.significand)
            for number in [value, usual, usual.rounded(), (usual * 1000).rounded() / 1000] {
                var writer = JSONWriter()
                writer.value(number)
                #expect(writer.text == NumberText.shortest(number))
            }
        }
    }

    @Test func `nil is null`() {
        var writer = JSONWriter()
        writer.array { array in
            array.value(nil as String?)
            array.value(nil as Double?)
            array.value(nil as Int?)
            array.value(nil as Bool?)
            array.value(UInt64.max)
            array.value(Int64.min)
        }
        #expect(writer.text == "[null,null,null,null,18446744073709551615,-9223372036854775808]")
    }

    @Test func `an object ends with why its members are null, and no other object does`() {
        var (part, writer) = (JSONWriter(), JSONWriter())
        part.member("d", nil as Bool?)
        part.explain("d", "late")
        writer.object { object in
            object.member("a", nil as Int?)
            object.explain("a", "none")
            object.object("b") { inner in
                inner.member("c", nil as Double?)
                inner.explain("c", "few")
            }
            object.object("e") { $0.member("f", 1) }
            object.members(of: part)
        }
        let whole = """
            {"a":null,"b":{"c":null,"reasons":{"c":"few"}},"e":{"f":1},"d":null,"reasons":{"a":"none","d":"late"}}
            """
        #expect(writer.text == whole)
    }

    @Test func `a parsed document is written as it was read`() throws {
        let text = #"{"a":[1,2.5,"x",true,null,{"b":{}}],"c":"\n","d":18446744073709551615}"#
        var parser = JSONParser()
        let bytes = Array(text.utf8)
        let root = try parser.parse(bytes.span)
        var writer = JSONWriter()
        writer.value(root)
        #expect(writer.text == text)
    }

    @Test func `a writer is used again`() {
        var writer = JSONWriter()
        writer.value(1)
        writer.removeAll()
        writer.value("a")
        #expect(writer.text == "\"a\"")
    }
}
