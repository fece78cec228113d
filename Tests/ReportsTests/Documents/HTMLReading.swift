/// A reader of HTML that shares nothing with the writer: it takes only what a document of ours may have, and knows which
/// ends of elements may be left out.
struct HTMLReading {
  struct Malformed: Error {
    let what: String
  }

  /// The text of the document, without markup and with its references resolved.
  private(set) var text = ""
  private(set) var elements: [String: Int] = [:]
  private(set) var attributes: Set<String> = []
  /// What stands between `<style>` and its end.
  private(set) var style = ""
  /// Of each attribute its values.
  private(set) var values: [String: [String]] = [:]

  private static let void: Set<String> = ["meta", "br"]
  private static let known: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section",
    "h1", "h2", "h3", "h4", "p", "strong", "ul", "ol", "li", "dl", "dt", "dd", "a", "b", "code",
    "pre", "div", "table",
    "caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "figure", "figcaption",
    "svg", "path", "text",
  ]
  /// What ends an open element of these names.
  private static let ends: [String: Set<String>] = [
    "li": ["li"], "td": ["td", "th", "tr", "tbody"], "th": ["td", "th", "tr", "tbody"],
    "tr": ["tr", "tbody"], "thead": ["tbody"],
  ]
  private static let references = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "#39": "'",
  ]

  init(_ document: String) throws {
    guard document.hasPrefix("<!DOCTYPE html>\n") else { throw Malformed(what: "no doctype") }
    var rest = Substring(document.dropFirst("<!DOCTYPE html>".count))
    var open: [String] = []
    while let first = rest.first {
      guard first == "<" else {
        let end = rest.firstIndex(of: "<") ?? rest.endIndex
        text += try Self.resolved(rest[..<end])
        rest = rest[end...]
        continue
      }
      guard let end = rest.firstIndex(of: ">") else { throw Malformed(what: "an open tag") }
      let tag = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[end...].dropFirst()
      if tag.first == "/" {
        try Self.close(String(tag.dropFirst()), &open)
        continue
      }
      let name = String(tag.prefix { $0 != " " && $0 != "/" })
      guard Self.known.contains(name) else { throw Malformed(what: "<\(tag)>") }
      while let last = open.last, Self.ends[last]?.contains(name) == true { open.removeLast() }
      elements[name, default: 0] += 1
      try take(tag.dropFirst(name.count))
      if name == "style" {
        guard let close = rest.firstRange(of: "</style>") else { throw Malformed(what: "style") }
        style = String(rest[..<close.lowerBound])
        rest = rest[close.upperBound...]
      } else if tag.last != "/", !Self.void.contains(name) {
        open.append(name)
      }
    }
    guard open.isEmpty else { throw Malformed(what: "open: \(open)") }
  }

  private static func close(_ name: String, _ open: inout [String]) throws {
    while let last = open.last, last != name, ends[last] != nil || last == "tbody" {
      open.removeLast()
    }
    guard open.popLast() == name else { throw Malformed(what: "</\(name)>") }
  }

  /// Attributes in double quotes, with one blank before each.
  private mutating func take(_ text: Substring) throws {
    var rest = text
    while rest.first == " " {
      rest = rest.dropFirst()
      guard let equals = rest.firstIndex(of: "=") else { throw Malformed(what: "\(rest)") }
      let name = String(rest[..<equals])
      guard name.utf8.allSatisfy({ $0 == 0x2D || (0x41...0x7A).contains($0) }) else {
        throw Malformed(what: "the attribute \(name)")
      }
      rest = rest[equals...].dropFirst()
      guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else {
        throw Malformed(what: "no quotes: \(rest)")
      }
      attributes.insert(name)
      values[name, default: []].append(try Self.resolved(rest[..<end].dropFirst()))
      rest = rest[end...].dropFirst()
    }
    guard rest.isEmpty || rest == "/" else { throw Malformed(what: "in a tag: \(rest)") }
  }

  private static func resolved(_ text: Substring) throws -> String {
    var result = ""
    var rest = text
    while let ampersand = rest.firstIndex(of: "&") {
      result += rest[..<ampersand]
      guard let end = rest[ampersand...].firstIndex(of: ";"),
        let character = references[String(rest[ampersand..<end].dropFirst())]
      else { throw Malformed(what: "a bare ampersand") }
      result += character
      rest = rest[end...].dropFirst()
    }
    guard !rest.contains(">") else { throw Malformed(what: "a bare sign") }
    return result + rest
  }
}
