/// A reader of XML that shares nothing with the writer: elements with attributes and text, as a conforming
/// processor would hand them on.
struct XMLElement {
  var name: String
  var attributes: [String: String] = [:]
  var text = ""
  var children: [XMLElement] = []

  func all(_ name: String) -> [XMLElement] {
    (self.name == name ? [self] : []) + children.flatMap { $0.all(name) }
  }
}

struct XMLReader {
  struct Malformed: Error {
    let what: String
  }

  private var rest: Substring.UnicodeScalarView

  /// The root element of a document.
  static func read(_ bytes: [UInt8]) throws -> XMLElement {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Malformed(what: "no UTF-8")
    }
    for scalar in text.unicodeScalars where scalar.value < 0x20 {
      guard ["\t", "\n", "\r"].contains(scalar) else {
        throw Malformed(what: "a control character")
      }
    }
    for scalar in text.unicodeScalars where scalar == "\u{FFFE}" || scalar == "\u{FFFF}" {
      throw Malformed(what: "no character")
    }
    var reader = XMLReader(rest: Substring(text).unicodeScalars)
    guard reader.take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>") else {
      throw Malformed(what: "no declaration")
    }
    _ = try reader.characters()
    let root = try reader.element()
    _ = try reader.characters()
    guard reader.rest.isEmpty else { throw Malformed(what: "something after the root") }
    return root
  }

  private mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: text.unicodeScalars) else { return false }
    rest = rest.dropFirst(text.unicodeScalars.count)
    return true
  }

  private mutating func word() -> String {
    let word = rest.prefix { $0.properties.isAlphabetic || $0 == "-" }
    rest = rest.dropFirst(word.count)
    return String(word)
  }

  private mutating func element() throws -> XMLElement {
    guard take("<") else { throw Malformed(what: "no element") }
    var element = XMLElement(name: word())
    while take(" ") {
      let name = word()
      guard take("=\""), element.attributes[name] == nil else { throw Malformed(what: name) }
      let value = rest.prefix { $0 != "\"" && $0 != "<" }
      rest = rest.dropFirst(value.count)
      guard take("\"") else { throw Malformed(what: "an open attribute") }
      // A processor turns white space that is written as such into spaces.
      let normal = String.UnicodeScalarView(value.map { $0.value < 0x20 ? " " : $0 })
      element.attributes[name] = try Self.resolved(String(normal))
    }
    if take("/>") { return element }
    guard take(">") else { throw Malformed(what: "an open tag") }
    while true {
      element.text += try characters()
      if take("</") {
        guard word() == element.name, take(">") else { throw Malformed(what: "another end") }
        return element
      }
      element.children.append(try self.element())
    }
  }

  private mutating func characters() throws -> String {
    let run = rest.prefix { $0 != "<" }
    rest = rest.dropFirst(run.count)
    guard !String(run).contains("]]>") else { throw Malformed(what: "]]>") }
    return try Self.resolved(String(run))
  }

  private static func resolved(_ text: String) throws -> String {
    var result = String.UnicodeScalarView()
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.popFirst() {
      guard scalar == "&" else {
        result.append(scalar)
        continue
      }
      let name = rest.prefix { $0 != ";" }
      rest = rest.dropFirst(name.count + 1)
      let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
      ]
      let number = name.first == "#" ? UInt32(String(name.dropFirst())) : nil
      guard let found = named[String(name)] ?? number.flatMap(Unicode.Scalar.init) else {
        throw Malformed(what: "&\(String(name));")
      }
      result.append(found)
    }
    return String(result)
  }
}
