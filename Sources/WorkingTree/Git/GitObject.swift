import Cryptography

/// What git stores under a name.
struct GitObject {
  enum Kind: String, Sendable {
    case blob
    case tree
    case commit
  }

  /// The name of an object: a hash of all that it is.
  struct ID: Hashable, Sendable {
    /// In hexadecimal digits, as git prints it.
    let text: String

    private let function: HashFunction

    /// The bytes of an id in git's binary form, for the repositories of one hash function.
    var size: Int { function.size }

    /// An id as git prints it, by SHA-1 or SHA-256; nil for anything else, such as an id that was cut short.
    init?(_ text: some StringProtocol) {
      guard text.utf8.allSatisfy({ Self.digits.contains($0) }) else { return nil }
      switch text.utf8.count {
      case 2 * HashFunction.sha1.size: function = .sha1
      case 2 * HashFunction.sha256.size: function = .sha256
      default: return nil
      }
      self.text = String(text)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// An id in git's binary form.
    init?(_ bytes: ArraySlice<UInt8>) {
      let text = bytes.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] }
      self.init(String(decoding: text, as: UTF8.self))
    }

    /// Whether this is the name of an object. git looks for objects by their names but does not hash what it finds,
    /// so that a file in its store can hold anything.
    func names(_ content: ArraySlice<UInt8>, as kind: Kind) -> Bool {
      var state = HashState(function)
      state.update(Array("\(kind.rawValue) \(content.count)\0".utf8))
      state.update(content)
      return Self(state.finish()[...]) == self
    }
  }

  /// A line of a tree.
  struct Entry {
    enum Kind {
      case file
      case link
      case folder

      /// Another repository's commit.
      case submodule
    }

    let kind: Kind
    let name: ArraySlice<UInt8>
    let id: ID
  }

  /// The lines of a tree with such content, in their order; nil where it is none.
  static func entries(ofTree content: [UInt8], ids size: Int) -> [Entry]? {
    var entries: [Entry] = []
    var rest = content[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let end = rest[space...].firstIndex(of: 0), rest[end...].count > size,
        let id = ID(rest[(end + 1)...].prefix(size))
      else { return nil }
      let kind: Entry.Kind
      switch String(decoding: rest[..<space], as: UTF8.self) {
      case "40000": kind = .folder
      case "120000": kind = .link
      case "160000": kind = .submodule
      default: kind = .file
      }
      entries.append(Entry(kind: kind, name: rest[(space + 1)..<end], id: id))
      rest = rest[(end + 1 + size)...]
    }
    return entries
  }

  /// The tree of a commit with such content; nil where it is none.
  static func tree(ofCommit content: [UInt8]) -> ID? {
    let line = String(decoding: content.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return line.hasPrefix("tree ") ? ID(line.dropFirst("tree ".count)) : nil
  }
}
