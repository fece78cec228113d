// What is commented out.
extension HiddenTextFinder {
  /// A finder of what the comments say, at the same places; nil where there are none.
  ///
  /// A secret that was commented out is one still, and it may take several lines. So what stands outside of
  /// comments is blank here, and `}` at the start of such a line ends whatever a comment began before it.
  init?(commentsOf bytes: [UInt8]) {
    guard bytes.contains(0x23) else { return nil }
    var view = [UInt8](repeating: 0x20, count: bytes.count)
    var hasComment = false
    var line = 0
    while line < bytes.count {
      var end = line
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      var start = line
      var hasText = false
      while start < end {
        let isAfterBlank = start == line || bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09
        if bytes[start] == 0x23, isAfterBlank { break }
        if bytes[start] != 0x20, bytes[start] != 0x09 { hasText = true }
        start += 1
      }
      if start < end {
        hasComment = true
        while start < end, bytes[start] == 0x23 { start += 1 }
        view.replaceSubrange(start..<end, with: bytes[start..<end])
      }
      if hasText { view[line] = 0x7D }
      while end < bytes.count, bytes[end] == 0x0A || bytes[end] == 0x0D {
        view[end] = bytes[end]
        end += 1
      }
      line = end
    }
    guard hasComment else { return nil }
    self.init(view)
    isOfComments = true
  }

  /// Where the secret starts in the comment at `start` behind a secret: `# old: hunter2`.
  func remark(at start: Int, to end: Int) -> Int? {
    let name = word(at: skipBlanks(start + 1, to: end))
    let separator = skipBlanks(name.upperBound, to: end)
    guard !name.isEmpty, separator + 1 < end else { return nil }
    let isColon = bytes[separator] == 0x3A && bytes[separator + 1] == 0x20
    return isColon || bytes[separator] == 0x3D ? separator + 1 : nil
  }
}
