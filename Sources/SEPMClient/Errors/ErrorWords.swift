import CanonicalJSON
import PlanText

/// What an answer of an error says, in one line: the usual JSON in which everything is a text, OAuth's JSON, or plain
/// text. Pages of HTML say nothing that is worth a line (`docs/SEPM.md`, "Errors").
enum ErrorWords {
  /// Longer ones are cut.
  private static let longest = 200

  /// The words; nil where there are none, or where one of `secrets` is in them.
  static func words(of answer: HTTPAnswer, without secrets: [[UInt8]] = []) -> String? {
    guard let text = structured(answer.body) ?? plain(answer) else { return nil }
    for secret in secrets where !secret.isEmpty {
      if text.contains(String(decoding: secret, as: UTF8.self)) { return nil }
    }
    let seen = text.unicodeScalars.map { $0.isUnseen ? " " : Character($0) }
    var words = String(seen.split(separator: " ").joined(separator: " "))
    // They stand in a sentence of our own.
    while words.last == "." { words.removeLast() }
    guard !words.isEmpty else { return nil }
    return words.count > longest ? words.prefix(longest) + "…" : words
  }

  /// The members that say something, of either JSON.
  private static func structured(_ body: [UInt8]) -> String? {
    let members = try? JSONCursor.read(body) { cursor throws(MalformedAnswer) in
      var (usual, code, oauth): (String?, String?, String?)
      try cursor.members { cursor, name throws(MalformedAnswer) in
        switch name {
        case "errorMessage", "error_description": usual = try cursor.text() ?? usual
        case "appErrorCode": code = try cursor.text()
        case "error" where cursor.next == "\"": oauth = try cursor.text()
        default: try cursor.skip()
        }
      }
      let parts = [code, usual ?? oauth].compactMap { $0?.isEmpty == false ? $0 : nil }
      return parts.joined(separator: ": ")
    }
    return members?.isEmpty == false ? members : nil
  }

  private static func plain(_ answer: HTTPAnswer) -> String? {
    guard answer.contentType == "text/plain" || answer.contentType.isEmpty else { return nil }
    let text = String(decoding: answer.body.prefix(4 * longest), as: UTF8.self)
    let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
    return first == "<" || first == "{" || first == "[" ? nil : text
  }
}
