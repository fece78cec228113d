#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

extension PrivateFolder {
  /// Opens a folder that Waltz makes in one of its own, to write; makes it where it is not there.
  ///
  /// - Throws: ``PrivateFileTrouble``
  package convenience init(making path: String) throws(PrivateFileTrouble) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system(errno) }
    try self.init(path, for: .changing, isNamedByUser: false)
  }

  /// The bytes of a file of the folder.
  ///
  /// - Parameters:
  ///   - name: Its name in the folder.
  ///   - limit: The most bytes that it may have.
  /// - Returns: The bytes; nil where there is no such file.
  /// - Throws: ``PrivateFileTrouble``; with `EFBIG` where it is larger
  package func contents(of name: String, limit: Int) throws(PrivateFileTrouble) -> [UInt8]? {
    guard let descriptor = try openFile(name, O_RDONLY) else { return nil }
    defer { close(descriptor) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .system(errno) }
    guard facts.st_size <= limit else { throw .system(EFBIG) }
    // One byte more shows whether it grew meanwhile.
    let room = Int(facts.st_size) + 1
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      while filled < room {
        let count = read(descriptor, buffer.baseAddress.map { $0 + filled }, room - filled)
        if count < 0, errno == EINTR { continue }
        if count < 0 { failure = errno }
        guard count > 0 else { break }
        filled += count
      }
    }
    if let failure { throw .system(failure) }
    guard bytes.count < room else { throw .system(EBUSY) }
    return bytes
  }

  /// Puts a file with these bytes into the folder, in place of one that is there: whoever opens it sees the one or the
  /// other as a whole.
  ///
  /// - Throws: ``PrivateFileTrouble``
  package func replace(_ name: String, with bytes: [UInt8]) throws(PrivateFileTrouble) {
    let draft = name + ".new"
    remove(draft)
    guard let descriptor = try openFile(draft, O_WRONLY | O_CREAT | O_EXCL) else { return }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        remove(draft)
        throw .system(code)
      }
      written += count
    }
    try move(draft, to: name)
  }
}
