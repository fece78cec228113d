extension FolderPath {
  /// Where a path of the command line leads, also one whose last parts are gone. Links are followed but for one
  /// in the last part: it is the file itself.
  init(place path: String) {
    var parts = path.split(separator: "/")
    var rest: [Substring] = []
    if !Files.isFolder(path) || Files.isLink(path), let last = parts.popLast() { rest = [last] }
    while true {
      let start = (path.hasPrefix("/") ? "/" : "./") + parts.joined(separator: "/")
      if let real = FolderPath(real: start) {
        self.init(spelled: real.text + "/" + rest.joined(separator: "/"))
        return
      }
      guard let last = parts.popLast() else {
        self.init(spelled: path)
        return
      }
      rest.insert(last, at: 0)
    }
  }

  /// The nearest folder from here up that is there and no link.
  var nearestFolder: FolderPath {
    sequence(first: self, next: \.parent)
      .first { Files.isFolder($0.text, followingLinks: false) } ?? FolderPath(spelled: "/")
  }
}
