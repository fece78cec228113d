/// What a reader found in one file, before the parts are put together.
struct ContainerContents {
  /// A certificate as it was found.
  struct Certificate {
    let der: ArraySlice<UInt8>
    var alias: String?
    var line: Int?

    /// The kind of its entry; nil where the container has none.
    var entry: KeystoreEntry?
  }

  var certificates: [Certificate] = []
  var keys: [PrivateKeyFacts] = []
  var problems: [SourceProblem] = []
  var encryptions: [ContainerReading.Protection] = []
  var integrity: ContainerReading.Protection?

  /// Whether everything in it could be looked at.
  var isOpen = true

  /// How many keys are in it, the ones that could not be opened included.
  var keyCount = 0

  /// Adds a key, or what is wrong with it.
  mutating func add(key bytes: ArraySlice<UInt8>, alias: String?) {
    do {
      keys.append(try PrivateKeyFacts(reading: bytes, alias: alias))
    } catch {
      problems.append(.keyUnreadable(alias: alias, detail: error.detail))
    }
  }
}
