#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder that one rehearsal leaves behind: its lab, its state directory and what its executors said.
package enum RehearsalFolder {
  /// Makes a folder that was not there; it is its owner's only.
  ///
  /// - Parameter path: Where, absolute.
  /// - Throws: ``RehearsalError``
  package static func make(_ path: String) throws(RehearsalError) {
    try makeParents(of: path)
    guard mkdir(path, 0o700) == 0 else {
      throw RehearsalError(
        errno == EEXIST
          ? "\(path) is there already. A rehearsal begins in a folder of its own: leave --folder out, or name another."
          : "Cannot make the folder \(path): \(String(cString: strerror(errno))).")
    }
  }

  /// Makes the next folder of a plan's rehearsals: `quickstart-3`.
  ///
  /// - Parameters:
  ///   - name: The plan's name.
  ///   - parent: The folder of all rehearsals, absolute.
  /// - Returns: Where it is.
  /// - Throws: ``RehearsalError``
  package static func makeNext(of name: String, in parent: String) throws(RehearsalError) -> String
  {
    try makeParents(of: parent + "/x")
    for number in 1...100_000 {
      let path = "\(parent)/\(name)-\(number)"
      if mkdir(path, 0o700) == 0 { return path }
      guard errno == EEXIST else {
        throw RehearsalError(
          "Cannot make the folder \(path): \(String(cString: strerror(errno))).")
      }
    }
    throw RehearsalError(
      "\(parent) is full of rehearsals. Remove those that nobody needs any more.")
  }

  private static func makeParents(of path: String) throws(RehearsalError) {
    let parts = path.split(separator: "/").dropLast()
    var parent = ""
    for part in parts {
      parent += "/" + part
      guard mkdir(parent, 0o700) == 0 || errno == EEXIST || errno == EISDIR || errno == EROFS else {
        throw RehearsalError(
          "Cannot make the folder \(parent): \(String(cString: strerror(errno))).")
      }
    }
  }
}
