/// Names in a sentence: all of a few, the first of many with the number of the others.
struct NameList: CustomStringConvertible {
  private static let most = 8

  let names: [String]

  init(_ names: [String]) {
    self.names = names
  }

  var description: String {
    let shown = names.prefix(Self.most).joined(separator: "; ")
    let rest = names.count - Self.most
    return rest > 0 ? "\(shown); and \(rest) more" : shown
  }
}
