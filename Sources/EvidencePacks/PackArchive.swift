/// A pack as one file: a tar archive in the form of POSIX (ustar), the same bytes for the same files on every machine.
///
/// Files stand below one folder, in the order of their names' bytes, with nobody as their owner and no time. What is read is
/// held in memory by its name and never written anywhere, so a name leads nowhere.
package struct PackArchive: Sendable, Equatable {
  /// The folder that an archive unpacks to.
  package let folder: String

  /// The files by their names below it.
  package let files: [String: [UInt8]]

  private static let block = 512

  /// Files, to be written below a folder.
  package init(_ files: [String: [UInt8]], in folder: String) {
    self.files = files
    self.folder = folder
  }

  // MARK: Writing

  /// The bytes of the archive; nil where a name is too long for the form, which no name of a pack is.
  package var bytes: [UInt8]? {
    var bytes: [UInt8] = []
    for name in files.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let content = files[name] ?? []
      guard let header = Self.header(of: "\(folder)/\(name)", size: content.count) else {
        return nil
      }
      bytes += header
      bytes += content
      bytes += Self.padding(behind: content.count)
    }
    return bytes + [UInt8](repeating: 0, count: 2 * Self.block)
  }

  private static func padding(behind count: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: (block - count % block) % block)
  }

  private static func header(of path: String, size: Int) -> [UInt8]? {
    let path = Array(path.utf8)
    var (prefix, name) = ([UInt8](), path)
    if name.count > 100 {
      // The last slash behind which the rest fits, as tar itself divides it.
      guard let cut = path.indices.first(where: { path[$0] == 0x2F && path.count - $0 - 1 <= 100 })
      else { return nil }
      (prefix, name) = (Array(path[..<cut]), Array(path[(cut + 1)...]))
    }
    guard prefix.count <= 155, !name.isEmpty, size < 1 << 33 else { return nil }
    var header = [UInt8](repeating: 0, count: block)
    func put(_ bytes: [UInt8], at place: Int) {
      header.replaceSubrange(place..<(place + bytes.count), with: bytes)
    }
    put(name, at: 0)
    put(octal(0o644, digits: 7), at: 100)
    put(octal(0, digits: 7), at: 108)
    put(octal(0, digits: 7), at: 116)
    put(octal(size, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put([UInt8](repeating: 0x20, count: 8), at: 148)
    put(Array("0".utf8), at: 156)
    put(Array("ustar".utf8), at: 257)
    put(Array("00".utf8), at: 263)
    put(prefix, at: 345)
    put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + [0], at: 148)
    return header
  }

  private static func octal(_ number: Int, digits: Int) -> [UInt8] {
    let text = String(number, radix: 8)
    return [UInt8](repeating: 0x30, count: max(0, digits - text.utf8.count)) + Array(text.utf8)
  }

  // MARK: Reading

  /// Why bytes are no archive of a pack.
  package struct Fault: Error, Equatable {
    /// In a sentence that begins with what the file is called.
    package let message: String
  }

  /// The archive that is exactly these bytes.
  ///
  /// - Throws: ``Fault`` where they are none, or another program wrote the archive: then some byte stands for nothing, and
  ///   nobody could say whether it was altered.
  package init(_ bytes: [UInt8]) throws(Fault) {
    var (files, folders): ([String: [UInt8]], Set<String>) = ([:], [])
    var place = 0
    while place + Self.block <= bytes.count, bytes[place] != 0 {
      let header = bytes[place..<(place + Self.block)]
      let path = Self.path(in: header)
      guard let size = Self.number(header, at: 124, digits: 11),
        size <= bytes.count - place - Self.block
      else { throw Fault(message: "ends within \(path), or was altered there") }
      guard header[place + 156] == 0x30, let slash = path.firstIndex(of: "/") else {
        throw Fault(message: "has \(path), which is no file of a pack")
      }
      let name = String(path[path.index(after: slash)...])
      folders.insert(String(path[..<slash]))
      let content = place + Self.block
      guard files.updateValue(Array(bytes[content..<(content + size)]), forKey: name) == nil else {
        throw Fault(message: "has \(path) twice")
      }
      place = content + size + Self.padding(behind: size).count
    }
    guard folders.count == 1, let folder = folders.first else {
      throw Fault(message: "is no archive of one pack")
    }
    self.init(files, in: folder)
    try compare(bytes)
  }

  /// That what was read would be written just so.
  private func compare(_ found: [UInt8]) throws(Fault) {
    guard let expected = self.bytes, expected != found else { return }
    let place =
      zip(expected, found).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(expected.count, found.count)
    throw Fault(
      message:
        "was altered at byte \(place), or packed by another program: unpack it and verify the folder"
    )
  }

  private static func path(in header: ArraySlice<UInt8>) -> String {
    func text(_ place: Int, _ length: Int) -> String {
      let field = header[(header.startIndex + place)..<(header.startIndex + place + length)]
      return String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
    let prefix = text(345, 155)
    return prefix.isEmpty ? text(0, 100) : prefix + "/" + text(0, 100)
  }

  private static func number(_ header: ArraySlice<UInt8>, at place: Int, digits: Int) -> Int? {
    let start = header.startIndex + place
    let field = header[start..<(start + digits)]
    guard field.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
    return field.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }
}
