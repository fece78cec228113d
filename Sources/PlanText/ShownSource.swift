internal import Synchronization

/// A source, and what of it nobody may see: found when it is first asked for, and once. Most sources are never
/// shown.
public final class ShownSource: Sendable {
  /// Finds what of a source nobody may see.
  public typealias Hiding = @Sendable (SourceText) -> HiddenText

  /// The source.
  package let text: SourceText

  private let hiding: Hiding

  /// Protects what was found.
  private let found = Mutex<HiddenText?>(nil)

  /// A source that is shown but for what `hiding` finds in it.
  package init(_ text: SourceText, hiding: @escaping Hiding) {
    self.text = text
    self.hiding = hiding
  }

  /// What of it is not shown.
  package var hidden: HiddenText {
    found.withLock { found in
      if let known = found { return known }
      let new = hiding(text)
      found = new
      return new
    }
  }

  /// The bytes with three asterisks for what is hidden; line ends stay, so that lines keep their numbers.
  package var masked: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.bytes.count)
    var position = 0
    for range in hidden.ranges {
      result += text.bytes[position..<range.lowerBound]
      var isOpen = false
      for byte in text.bytes[range] {
        if byte.isBreak {
          result.append(byte)
          isOpen = false
        } else if !isOpen {
          result += "***".utf8
          isOpen = true
        }
      }
      position = range.upperBound
    }
    return result + text.bytes[position...]
  }
}
