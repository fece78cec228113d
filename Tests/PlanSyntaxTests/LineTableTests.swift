import PlanText
import Testing

@Suite("Lines and columns")
struct LineTableTests {
  private func position(_ text: String, _ offset: Int) -> [Int] {
    let position = LineTable(SourceText(name: "x", text: text)).position(at: offset)
    return [position.line, position.column, position.offset]
  }

  @Test("Columns count scalars, from 1, and a byte order mark is none")
  func columns() {
    #expect(position("aé日🎉x", 0) == [1, 1, 0])
    #expect(position("aé日🎉x", 3) == [1, 3, 3])
    #expect(position("aé日🎉x", 10) == [1, 5, 10])
    #expect(position("aé日🎉x", 4) == [1, 3, 4])
    #expect(position("\u{FEFF}ab", 3) == [1, 1, 3])
    #expect(position("\u{FEFF}ab", 4) == [1, 2, 4])
  }

  @Test("LF, CR LF and CR end a line")
  func lineEnds() {
    #expect(position("a\nb\r\nc\rd", 2) == [2, 1, 2])
    #expect(position("a\nb\r\nc\rd", 5) == [3, 1, 5])
    #expect(position("a\nb\r\nc\rd", 7) == [4, 1, 7])
  }

  @Test("An offset outside the source is its nearest end")
  func outside() {
    #expect(position("ab\n", 99) == [2, 1, 3])
    #expect(position("", -1) == [1, 1, 0])
  }

  @Test("Lines come without their end and without the byte order mark")
  func lines() {
    let table = LineTable(SourceText(name: "x", text: "\u{FEFF}a\r\nbc\n\nd"))
    #expect(
      (0...5).map { String(decoding: table.line($0), as: UTF8.self) } == [
        "", "a", "bc", "", "d", "",
      ])
    #expect(table.line(2).startIndex == 6)
  }
}
