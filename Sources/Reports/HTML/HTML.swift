import PlanText

/// A part of an HTML document.
///
/// Markup can only be written as a literal: everything that is put into one becomes text, is made visible and
/// cannot be markup, in an element or between the quotes of an attribute. There is no other way to make one, so
/// that no renderer can forget it.
package struct HTML: Sendable, Equatable {
  /// The document's text.
  package private(set) var text = ""

  /// Nothing.
  package init() {}

  /// Text from elsewhere, whatever it is.
  package init(foreign text: String) {
    append(foreign: text)
  }

  /// Several parts, one after the other.
  package init(_ parts: some Sequence<HTML>) {
    for part in parts { text += part.text }
  }

  /// Lines from elsewhere as they stand, for an element that keeps them apart.
  package init(foreignLines text: String) {
    self.text = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Self.escaped(withoutCommand(visibleBesideTabs(String($0)))) }.joined(separator: "\n")
  }

  package static func += (left: inout HTML, right: HTML) { left.text += right.text }

  package static func + (left: HTML, right: HTML) -> HTML {
    var sum = left
    sum += right
    return sum
  }

  /// The one place where text becomes part of a document.
  private static func escaped(_ foreign: String) -> String {
    var result = ""
    result.reserveCapacity(foreign.utf8.count)
    for scalar in foreign.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  fileprivate mutating func append(foreign text: String) {
    self.text += Self.escaped(visible(text, unicode: false))
  }

  fileprivate mutating func append(markup: StaticString) {
    text += markup.description
  }
}

extension HTML: ExpressibleByStringInterpolation {
  package init(stringLiteral markup: StaticString) {
    append(markup: markup)
  }

  package init(stringInterpolation parts: StringInterpolation) {
    self = parts.html
  }

  /// Puts text among markup.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = HTML()

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ markup: StaticString) { html.append(markup: markup) }

    package mutating func appendInterpolation(_ number: Int) {
      html.append(foreign: String(number))
    }

    package mutating func appendInterpolation(_ foreign: String) { html.append(foreign: foreign) }

    package mutating func appendInterpolation(_ part: HTML) { html += part }
  }
}
