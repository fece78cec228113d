import CanonicalJSON
import PlanText

/// Text inside XML 1.0, in UTF-8.
///
/// Control characters that XML has no way to write, not even as a reference, and the two that are no
/// characters are replaced by U+FFFD. What does not show, or would be a command to the runner that prints the
/// file, is a reference: readers get it as it is.
enum XMLText {
  /// Text between tags, or the value of an attribute in double quotes: line breaks and tabs become
  /// references, since a reader would take them for spaces.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var before: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { before = scalar }
      switch scalar {
      case "#" where before == "#": result.append(contentsOf: "&#35;".unicodeScalars)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "\t": result.append(contentsOf: "&#9;".unicodeScalars)
      case "\n": result.append(contentsOf: "&#10;".unicodeScalars)
      case "\r": result.append(contentsOf: "&#13;".unicodeScalars)
      case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result.append("\u{FFFD}")
      case _ where scalar.isUnseen:
        result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Lines between tags; a line break in one is a reference.
  static func body(_ lines: [String]) -> String {
    lines.map { withoutCommand(escaped($0), colon: "&#58;") }.joined(separator: "\n")
  }
}

/// Writes XML, a tag a line.
struct XMLWriter {
  private(set) var bytes: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
  private var depth = 0

  /// An element with others in it; without any it is closed at once.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?>,
    _ body: (inout XMLWriter) -> Void = { _ in }
  ) {
    open(name, attributes)
    let start = bytes.count
    bytes += Array(">\n".utf8)
    let inside = bytes.count
    depth += 1
    body(&self)
    depth -= 1
    if bytes.count == inside {
      bytes.removeSubrange(start...)
      bytes += Array("/>\n".utf8)
    } else {
      indent()
      bytes += Array("</\(name)>\n".utf8)
    }
  }

  /// An element with lines of text in it.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?>, lines: [String]
  ) {
    open(name, attributes)
    bytes += Array(">\(XMLText.body(lines))</\(name)>\n".utf8)
  }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    indent()
    bytes += Array("<\(name)".utf8)
    for (key, value) in attributes {
      if let value { bytes += Array(" \(key)=\"\(XMLText.escaped(value))\"".utf8) }
    }
  }

  private mutating func indent() { bytes += Array(repeating: " ", count: 2 * depth) }
}
