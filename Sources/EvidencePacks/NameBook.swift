internal import CanonicalJSON

/// The names that are redacted, with what stands for each: its kind and ten digits of a salted digest, so that one name is one
/// pseudonym wherever it stands, and nobody without the salt finds the name by trying.
struct NameBook {
  /// What a name is of.
  enum Kind: String {
    case client
    case user
    case host
    case domain
  }

  private let salt: RedactionSalt

  /// By the name in lower case: Windows makes no difference.
  private var pseudonyms: [String: String] = [:]

  /// Names with other characters than words have, the longest first.
  private var oddNames: [(name: String, pseudonym: String)] = []

  /// The names of hosts, in lower case.
  private var hosts: Set<String> = []

  /// Endings of host names: whatever ends so is a host.
  private var domains: [String] = []

  /// Words of Waltz's own that a name may be equal to: these are replaced only where a name must stand.
  private static let vocabulary: Set<String> = [
    "operator", "api", "command", "probe", "clients", "client", "retry", "paused", "stopped",
    "plan", "graph", "site",
    "server", "attachment", "default", "real", "lab", "simulated", "waltz", "sha256", "localhost",
  ]

  init(_ salt: RedactionSalt) {
    self.salt = salt
  }

  /// Takes a name in. One that is nothing but a number is replaced only where nothing else stands.
  mutating func add(_ name: String, _ kind: Kind) {
    let name = name.lowercased()
    guard !name.isEmpty, pseudonyms[name] == nil else { return }
    let pseudonym = salt.pseudonym(name, kind.rawValue)
    pseudonyms[name] = pseudonym
    if kind == .host { hosts.insert(name) }
    if kind == .domain { domains.append("." + name) }
    guard !name.utf8.allSatisfy(Self.isOfWord) else { return }
    oddNames.append((name, pseudonym))
    oddNames.sort { ($0.name.utf8.count, $0.name) > ($1.name.utf8.count, $1.name) }
  }

  /// Takes in the name or address of a host, with its first part, which goes by itself, and its domain.
  mutating func add(host: String) {
    add(host, .host)
    let parts = host.split(separator: ".")
    guard parts.count >= 2, !Self.isAddress(host) else { return }
    add(String(parts[0]), .host)
    if parts.count >= 3 { add(parts.dropFirst().joined(separator: "."), .domain) }
  }

  /// Takes in the whole names of hosts in a text whose first parts are known: of a certificate, say, where the plan has no more
  /// than the name of the server.
  mutating func learn(from text: String) {
    guard text.contains(".") else { return }
    for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && !"-_.".contains($0) })
    {
      let parts = word.split(separator: ".")
      guard parts.count >= 3, hosts.contains(parts[0].lowercased()) else { continue }
      add(host: parts.joined(separator: "."))
    }
  }

  /// A text where nothing but a name stands.
  func name(_ text: String) -> String { pseudonyms[text.lowercased()] ?? replaced(text) }

  /// A text with every name in it replaced.
  func replaced(_ text: String) -> String {
    let whole = text.lowercased()
    if let known = pseudonyms[whole], !Self.vocabulary.contains(whole) { return known }
    var text = text
    for odd in oddNames { text = text.replacing(odd.name, with: odd.pseudonym, ignoringCase: true) }
    var result: [UInt8] = []
    var word: [UInt8] = []
    for byte in text.utf8 {
      if Self.isOfWord(byte) {
        word.append(byte)
      } else {
        append(word, to: &result)
        word.removeAll(keepingCapacity: true)
        result.append(byte)
      }
    }
    append(word, to: &result)
    return String(decoding: result, as: UTF8.self)
  }

  // MARK: Words

  private static func isOfWord(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || isSeparator(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte >= 0x80
      || byte == 0x24
  }

  /// `.`, `-`, `_` and `@` stand in names and between them.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == 0x2E || byte == 0x2D || byte == 0x5F || byte == 0x40
  }

  /// A word with the names in it replaced: at each part the longest one that begins there.
  private func append(_ word: [UInt8], to result: inout [UInt8]) {
    var start = 0
    while start < word.count {
      guard !Self.isSeparator(word[start]) else {
        result.append(word[start])
        start += 1
        continue
      }
      // The ends of parts, of which there are few.
      var ends = [Int]()
      for place in (start + 1)...word.count
      where place == word.count || Self.isSeparator(word[place]) {
        ends.append(place)
        if ends.count == 16 { break }
      }
      let found = ends.reversed().first { pseudonym(of: word[start..<$0]) != nil }
      let end = found ?? ends[0]
      result +=
        found.flatMap { pseudonym(of: word[start..<$0]).map { Array($0.utf8) } }
        ?? Array(word[start..<end])
      start = end
    }
  }

  private func pseudonym(of part: ArraySlice<UInt8>) -> String? {
    let text = String(decoding: part, as: UTF8.self).lowercased()
    if Self.vocabulary.contains(text) { return nil }
    if let known = pseudonyms[text], text.contains(where: { !$0.isNumber }) { return known }
    if text.contains("@") {
      // An address of mail is somebody's.
      let isOfHouse = domains.contains { text.hasSuffix("@" + $0.dropFirst()) }
      return isOfHouse ? salt.pseudonym(text, Kind.user.rawValue) : nil
    }
    // A host that the plan does not name, by its domain or its address.
    let isHost = Self.isAddress(text) || domains.contains { text.hasSuffix($0) }
    return isHost ? salt.pseudonym(text, Kind.host.rawValue) : nil
  }

  /// Whether a text is an address of IPv4. Versions of products have four numbers too, mostly larger ones.
  private static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && !$0.hasPrefix("+") }
  }
}

extension String {
  /// The text with every place of another one replaced.
  fileprivate func replacing(_ old: String, with new: String, ignoringCase: Bool) -> String {
    // Lower case may have another length; then nothing can be said of places, and the case counts.
    let lower = lowercased()
    guard lower.utf8.count == utf8.count else { return replacing(old, with: new) }
    let (text, low, name) = (Array(utf8), Array(lower.utf8), Array(old.utf8))
    var (result, place) = ([UInt8](), 0)
    while place < text.count {
      if low[place...].starts(with: name) {
        result += Array(new.utf8)
        place += name.count
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
