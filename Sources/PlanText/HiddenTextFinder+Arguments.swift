// Secrets in the arguments of the programs that print them.
extension HiddenTextFinder {
  /// Hides what follows the program in `[program, argument, …]`; a comma may have been forgotten.
  mutating func hideArguments(of list: Int, to end: Int) {
    // What stands in a list that was looked at is hidden already, however many lists begin in it.
    if let last = arguments.last, last.contains(list) { return }
    let leads: Set<UInt8> = [0x20, 0x09, 0x22, 0x27, 0x2D, 0x5B]
    let program = bytes[list..<end].firstIndex { !leads.contains($0) } ?? end
    guard
      let comma = bytes[program..<end].firstIndex(where: { $0 == 0x2C || $0 == 0x20 || $0 == 0x09 })
    else { return }
    let start = skipBlanks(bytes[comma] == 0x2C ? comma + 1 : comma, to: end)
    var stop = start
    var depth = 1
    var quote: UInt8?
    while stop < end {
      let byte = bytes[stop]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x5B {
        depth += 1
      } else if byte == 0x5D {
        depth -= 1
        if depth == 0 { break }
      }
      stop += 1
    }
    if start < stop { arguments.append(start..<stop) }
    let tail = skipBlanks(stop + 1, to: end)
    guard tail < end, ![0x23, 0x2C, 0x5D, 0x7D, 0x0A, 0x0D].contains(bytes[tail]) else { return }
    add(tail, entryEnd(tail, to: end))
  }

  /// Hides what follows a reference on its line where nothing may follow; where to go on.
  mutating func hideTail(after offset: Int, isFlow: Bool) -> Int {
    guard offset > 0, bytes[offset - 1] == 0x7D else { return offset }
    let end = lineEnd(offset)
    let start = skipBlanks(offset, to: end)
    guard start < end, ![0x23, 0x2C, 0x5D, 0x7D].contains(bytes[start]) else { return offset }
    let stop = isFlow ? entryEnd(start, to: end) : end
    add(start, stop)
    return stop
  }

  /// Hides the argument behind an option such as `--password` that ends at `offset`: in the same list, or
  /// the next item below. Where `isAccount`, what stands there is `name:password`, or no secret.
  mutating func hideArgument(after offset: Int, line: Int, isAccount: Bool = false) {
    let end = lineEnd(line)
    var comma = offset
    if comma < end, bytes[comma] == 0x22 || bytes[comma] == 0x27 { comma += 1 }
    comma = skipBlanks(comma, to: end)
    if comma == end {
      let next = nextLine(line)
      let item = skipBlanks(next, to: lineEnd(next))
      guard item < lineEnd(next), bytes[item] == 0x2D, !isWord(item + 1) else { return }
      let start = skipBlanks(item + 1, to: lineEnd(next))
      if !isAccount || holdsAccount(start..<lineEnd(next)) { add(start, lineEnd(next)) }
      return
    }
    guard bytes[comma] == 0x2C else { return }
    let start = skipBlanks(comma + 1, to: end)
    guard start < end, bytes[start] != 0x2D else { return }
    var stop = start
    if bytes[start] == 0x22 || bytes[start] == 0x27 {
      stop = closing(bytes[start], from: start + 1).map { min($0 + 1, end) } ?? end
    } else {
      while stop < end, bytes[stop] != 0x2C, bytes[stop] != 0x5D { stop += 1 }
    }
    if !isAccount || holdsAccount(start..<stop) { add(start, stop) }
  }

  /// The options that `name:password` follows.
  static let accountOptions = ["-u", "-U", "--user", "--proxy-user"].map { Array($0.utf8) }

  /// Whether a colon with more than a number or an address behind it stands in the range.
  private func holdsAccount(_ range: Range<Int>) -> Bool {
    guard let colon = bytes[range].firstIndex(of: 0x3A) else { return false }
    let ends: Set<UInt8> = [0x20, 0x09, 0x22, 0x27]
    let password = bytes[colon + 1..<range.upperBound].prefix { !ends.contains($0) }
    return !password.starts(with: [0x2F, 0x2F])
      && !password.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether `command:` and nothing else stands at `start`.
  func startsCommand(_ start: Int, to end: Int) -> Bool {
    let bare = bytes[start..<end].filter { $0 != 0x22 && $0 != 0x27 && $0 != 0x20 }
    return bare.starts(with: Array("command:".utf8))
  }

  /// Hides what follows the program in a list of items below `command:`; the line after them.
  mutating func hideArguments(below line: Int, column: Int) -> Int {
    var next = line
    var items = 0
    while next < bytes.count {
      let end = lineEnd(next)
      let start = skipBlanks(next, to: end)
      if start < end {
        let isItem = bytes[start] == 0x2D && !isWord(start + 1)
        guard start - next > column || isItem && start - next == column else { break }
        if isItem { items += 1 }
        if items > 1 { arguments.append(start..<end) } else { hideArguments(of: start, to: end) }
      }
      next = nextLine(next)
    }
    return next
  }
}
