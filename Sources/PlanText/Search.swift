// Where a word stands in a text, byte for byte. Every word of a file may be asked about, and the standard library's
// search makes tables for each.

extension String {
  /// Where a word stands first.
  package func place(of word: String) -> Range<Index>? {
    var text = self
    guard let start = text.withUTF8({ firstOffset(of: word, in: $0) }) else { return nil }
    let index = utf8.index(startIndex, offsetBy: start)
    return index..<utf8.index(index, offsetBy: word.utf8.count)
  }
}

extension ArraySlice<UInt8> {
  /// Where a word stands first.
  package func place(of word: String) -> Range<Int>? {
    guard let offset = withUnsafeBufferPointer({ firstOffset(of: word, in: $0) }) else {
      return nil
    }
    return startIndex + offset..<startIndex + offset + word.utf8.count
  }
}

private func firstOffset(of word: String, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var word = word
  return word.withUTF8 { word in
    guard let first = word.first, bytes.count >= word.count else { return nil }
    return (0...bytes.count - word.count).first { start in
      bytes[start] == first
        && UnsafeBufferPointer(rebasing: bytes[start..<start + word.count]).elementsEqual(word)
    }
  }
}
