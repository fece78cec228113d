/// A pattern of file names, as shells have them: `*` and `?` within a name, `[a-z]` and `[!a-z]` for one
/// character, `**` for any number of folders.
///
/// A name that starts with a dot is matched by a pattern that does, alone.
package struct Glob {
  private let components: [String]
  private let isAbsolute: Bool

  package init(_ pattern: String) {
    isAbsolute = pattern.hasPrefix("/")
    components = pattern.split(separator: "/").filter { $0 != "." }.map(String.init)
  }

  /// Whether a shell would take the text for a pattern.
  package static func isPattern(_ text: String) -> Bool {
    text.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
    }
  }

  /// The files that match, sorted; folders that match count as the YAML files below them.
  ///
  /// * `names`: What a folder holds; the empty text is the working folder. Nothing where it is no folder.
  /// * `isFolder`: Whether a path is a folder that may be gone into. It is asked before anything in it is,
  ///   so it is where a link that leads elsewhere is refused.
  package func files(
    names: (String) -> [String],
    isFolder: (_ path: String, _ followsLinks: Bool) throws -> Bool,
    yamlFiles: (String) throws -> [String]
  ) rethrows -> [String] {
    var paths = [isAbsolute ? "/" : ""]
    for (index, component) in components.enumerated() {
      var next: [String] = []
      for path in paths {
        if component == "**" {
          var open = [path]
          while let folder = open.popLast() {
            next.append(folder)
            for name in names(folder) where !name.hasPrefix(".") {
              let inner = Self.join(folder, name)
              if try isFolder(inner, false) { open.append(inner) }
            }
          }
        } else if Self.isPattern(component) {
          let pattern = Array(component.unicodeScalars)
          for name in names(path)
          where Self.matches(Array(name.unicodeScalars)[...], pattern[...])
            && name.hasPrefix(".") == component.hasPrefix(".")
          {
            next.append(Self.join(path, name))
          }
        } else {
          next.append(Self.join(path, component))
        }
      }
      // `**/**` comes to the same folders in many ways.
      var seen: Set<String> = []
      next.removeAll { !seen.insert($0).inserted }
      let isLast = index == components.count - 1
      paths = isLast ? next : try next.filter { try $0.isEmpty || isFolder($0, true) }
    }
    var files: Set<String> = []
    for path in paths {
      if try path.isEmpty || isFolder(path, true) {
        files.formUnion(try yamlFiles(path.isEmpty ? "." : path))
      } else {
        files.insert(path)
      }
    }
    return files.sorted()
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Whether a name matches a pattern without `/`. Goes back to the last star alone, so that no pattern
  /// takes longer than the product of the two lengths.
  package static func matches(
    _ name: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    var name = name
    var pattern = pattern
    var retry: (name: ArraySlice<Unicode.Scalar>, pattern: ArraySlice<Unicode.Scalar>)?
    while true {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        retry = (name, pattern)
      } else if let scalar = name.first, let rest = one(scalar, pattern) {
        name = name.dropFirst()
        pattern = rest
      } else if name.isEmpty, pattern.isEmpty {
        return true
      } else if let last = retry, !last.name.isEmpty {
        name = last.name.dropFirst()
        pattern = last.pattern
        retry = (name, pattern)
      } else {
        return false
      }
    }
  }

  /// The pattern behind what matches one character; nil where it does not.
  private static func one(
    _ scalar: Unicode.Scalar, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar>? {
    guard let first = pattern.first else { return nil }
    let rest = pattern.dropFirst()
    if first == "?" { return rest }
    // A `]` right behind the opening belongs to the set; a set without an end is its characters.
    guard first == "[", let end = rest.dropFirst(rest.first == "!" ? 2 : 1).firstIndex(of: "]")
    else { return first == scalar ? rest : nil }
    var set = rest[..<end]
    let isNegated = set.first == "!"
    if isNegated { set = set.dropFirst() }
    var isIn = false
    while let lower = set.popFirst() {
      if set.first == "-", set.count > 1 {
        set = set.dropFirst()
        if let upper = set.popFirst(), lower <= scalar, scalar <= upper { isIn = true }
      } else if lower == scalar {
        isIn = true
      }
    }
    return isIn != isNegated ? rest[(end + 1)...] : nil
  }
}
