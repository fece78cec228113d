/// Reads a PKCS #12 file: what its outside tells, and with the password what is in it.
struct PKCS12Reader {
  private var contents = ContainerContents()
  private var budget: WorkBudget
  private let structure: PKCS12Structure

  /// Without a password an empty one is tried, as long as that costs next to nothing.
  private static let freeIterations = 50_000

  /// - Throws: ``MalformedASN1`` or ``SourceProblem``, where nothing at all can be read.
  static func read(_ bytes: ArraySlice<UInt8>, _ password: Password?, _ limits: SourceLimits) throws
    -> ContainerContents
  {
    var reader = PKCS12Reader(
      budget: WorkBudget(limits), structure: try PKCS12Structure(bytes))
    reader.describe()
    do {
      try reader.open(password)
    } catch {
      reader.contents.isOpen = false
      reader.contents.problems.append(error)
    }
    return reader.contents
  }

  private init(budget: WorkBudget, structure: PKCS12Structure) {
    self.budget = budget
    self.structure = structure
  }

  /// What can be said without the password.
  private mutating func describe() {
    for safe in structure.safes {
      switch safe {
      case .plain(let bytes):
        guard let bags = try? PKCS12Bags(bytes) else {
          contents.problems.append(.damaged(.pkcs12, detail: "one of its parts is damaged"))
          continue
        }
        contents.certificates += bags.certificates
        contents.keyCount += bags.plainKeys.count + bags.shroudedKeys.count
        for key in bags.shroudedKeys { describe(key) }
      case .encrypted(let scheme, _): describe(scheme, "certificates")
      case .unreadable(let problem): report(problem)
      }
    }
    if let mac = structure.mac {
      contents.integrity = .init(
        subject: "container", algorithm: "HMAC-\(mac.hash.rawValue)", iterations: mac.iterations,
        isWeak: mac.hash == .sha1)
    } else {
      contents.problems.append(structure.macProblem ?? .noIntegrity)
    }
  }

  private mutating func describe(_ key: PKCS12Bags.ShroudedKey) {
    switch key.scheme {
    case .success(let scheme): describe(scheme, "key")
    case .failure(let problem): report(problem)
    }
  }

  /// One algorithm out of reach is enough to say; the other parts have the same as a rule.
  private mutating func report(_ problem: SourceProblem) {
    if !contents.problems.contains(where: { $0.identifier == problem.identifier }) {
      contents.problems.append(problem)
    }
  }

  private mutating func describe(_ scheme: PasswordScheme, _ subject: String) {
    let protection = ContainerReading.Protection(
      subject: subject, algorithm: scheme.name, iterations: scheme.iterations, isWeak: scheme.isWeak
    )
    if !contents.encryptions.contains(protection) { contents.encryptions.append(protection) }
  }

  private mutating func open(_ password: Password?) throws(SourceProblem) {
    // Nothing is hashed for a file that asks for too much anywhere.
    for protection in contents.encryptions + (contents.integrity.map { [$0] } ?? []) {
      guard let iterations = protection.iterations, iterations > budget.limit else { continue }
      throw .tooManyIterations(iterations, limit: budget.limit)
    }
    let candidates = password.map { $0.isEmpty ? [PasswordForms($0), .none] : [PasswordForms($0)] }
    guard let candidates else {
      try openWithout()
      return
    }
    if let mac = structure.mac {
      try budget.spend(mac.iterations.multipliedOrMax(by: candidates.count))
      if let right = candidates.first(where: { mac.holds(for: structure.content, $0) }) {
        if password?.isEmpty == true { contents.problems.append(.passwordEmpty(.pkcs12)) }
        try unlock(right, isProven: true)
      } else if try canOpen(candidates[0]) {
        throw .damaged(.pkcs12, detail: "its checksum does not belong to what is in it")
      } else {
        throw .passwordWrong(.pkcs12, wasEmpty: password?.isEmpty == true)
      }
    } else {
      var right = candidates.first
      for candidate in candidates where candidates.count > 1 {
        if try canOpen(candidate) { right = candidate }
      }
      if let right { try unlock(right, isProven: false) }
    }
  }

  /// No password is known: whatever is in the clear, or behind an empty one.
  private mutating func openWithout() throws(SourceProblem) {
    if contents.encryptions.isEmpty {
      try unlock(.none, isProven: true)
      return
    }
    let known = contents.encryptions.compactMap(\.iterations).max() ?? 0
    guard let mac = structure.mac, max(mac.iterations, known) <= Self.freeIterations else {
      throw .passwordMissing(.pkcs12)
    }
    for candidate in [PasswordForms(Password([])), .none] {
      try budget.spend(mac.iterations)
      guard mac.holds(for: structure.content, candidate) else { continue }
      contents.problems.append(.passwordEmpty(.pkcs12))
      try unlock(candidate, isProven: true)
      return
    }
    throw .passwordMissing(.pkcs12)
  }

  /// Whether the password opens anything that is encrypted.
  private mutating func canOpen(_ password: PasswordForms) throws(SourceProblem) -> Bool {
    for safe in structure.safes {
      switch safe {
      case .encrypted(let scheme, let ciphertext):
        try budget.spend(scheme.cost)
        return scheme.decrypt(ciphertext, password).flatMap { try? PKCS12Bags($0[...]) } != nil
      case .plain(let bytes):
        for key in (try? PKCS12Bags(bytes))?.shroudedKeys ?? [] {
          guard case .success(let scheme) = key.scheme else { continue }
          try budget.spend(scheme.cost)
          return scheme.decrypt(key.ciphertext, password).flatMap { try? parseASN1($0[...]) } != nil
        }
      case .unreadable: continue
      }
    }
    return false
  }

  /// Takes out all that the password opens, in the order of the file.
  private mutating func unlock(_ password: PasswordForms, isProven: Bool) throws(SourceProblem) {
    contents.certificates = []
    contents.keyCount = 0
    for safe in structure.safes {
      switch safe {
      case .plain(let bytes):
        if let bags = try? PKCS12Bags(bytes) { try take(bags, password, isProven) }
      case .encrypted(let scheme, let ciphertext):
        try budget.spend(scheme.cost)
        guard let plain = scheme.decrypt(ciphertext, password),
          let bags = try? PKCS12Bags(plain[...])
        else {
          throw isProven
            ? .damaged(
              .pkcs12, detail: "an encrypted part does not open with the file's own password")
            : .passwordWrong(.pkcs12, wasEmpty: password.utf8.isEmpty)
        }
        // Those in an encrypted part could not be described before.
        for key in bags.shroudedKeys { describe(key) }
        try take(bags, password, isProven)
      case .unreadable: contents.isOpen = false
      }
    }
  }

  private mutating func take(_ bags: PKCS12Bags, _ password: PasswordForms, _ isProven: Bool)
    throws(SourceProblem)
  {
    contents.certificates += bags.certificates
    contents.keyCount += bags.plainKeys.count + bags.shroudedKeys.count
    for key in bags.plainKeys { contents.add(key: key.bytes, alias: key.alias) }
    for key in bags.shroudedKeys {
      guard case .success(let scheme) = key.scheme else {
        contents.isOpen = false
        continue
      }
      try budget.spend(scheme.cost)
      if let plain = scheme.decrypt(key.ciphertext, password) {
        contents.add(key: plain[...], alias: key.alias)
      } else if isProven {
        contents.problems.append(.keyPasswordDiffers(alias: key.alias ?? ""))
      } else {
        throw .passwordWrong(.pkcs12, wasEmpty: password.utf8.isEmpty)
      }
    }
  }
}

extension ContainerContents {
  /// Adds a key, or what is wrong with it.
  mutating func add(key bytes: ArraySlice<UInt8>, alias: String?) {
    do {
      keys.append(try PrivateKeyFacts(reading: bytes, alias: alias))
    } catch {
      problems.append(.keyUnreadable(alias: alias, detail: error.detail))
    }
  }
}

extension Int {
  /// The product, or the largest number.
  fileprivate func multipliedOrMax(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
