/// A key that a person presses while they look at a run.
package enum LiveKey: Sendable, Equatable {
  case up
  case down
  case pageUp
  case pageDown
  case home
  case end
  case enter
  case back
  case erase

  /// Ctrl-S.
  case save

  /// Ctrl-L.
  case redraw

  case character(Character)
}

extension LiveKey {
  /// The keys that a terminal sent. A sequence that none of them sends is passed over.
  ///
  /// - Parameter bytes: What was read at once: a sequence that begins with an escape comes whole, so that an escape
  ///   alone is the key.
  /// - Returns: The keys in their order.
  package static func keys(in bytes: some Collection<UInt8>) -> [LiveKey] {
    var keys: [LiveKey] = []
    var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\u{1B}":
        guard let next = rest.first, next == "[" || next == "O" else {
          keys.append(.back)
          continue
        }
        rest.removeFirst()
        let body = rest.prefix { !(0x40...0x7E).contains($0.value) }
        rest = rest.dropFirst(body.count)
        guard let final = rest.popFirst() else { continue }
        if let key = key(String(String.UnicodeScalarView(body)), final) { keys.append(key) }
      case "\r", "\n": keys.append(.enter)
      case "\u{7F}", "\u{8}": keys.append(.erase)
      case "\u{13}": keys.append(.save)
      case "\u{C}": keys.append(.redraw)
      case " "...: keys.append(.character(Character(scalar)))
      default: break
      }
    }
    return keys
  }

  private static func key(_ body: String, _ final: Unicode.Scalar) -> LiveKey? {
    switch (body, final) {
    case ("", "A"): .up
    case ("", "B"): .down
    case ("", "H"), ("1", "~"), ("7", "~"): .home
    case ("", "F"), ("4", "~"), ("8", "~"): .end
    case ("5", "~"): .pageUp
    case ("6", "~"): .pageDown
    default: nil
    }
  }
}
