import Cryptography

/// Reads a PKCS #12 file: what its outside tells, and with the password what is in it.
struct PKCS12Reader {
  private var contents = ContainerContents()
  private var described: Set<ContainerReading.Protection> = []
  private let limits: SourceLimits
  private let structure: PKCS12Structure

  /// What all hashing for this file together may cost.
  private var budget: WorkBudget

  /// Reads the file. Without a password an empty one is tried, and for that no more is spent than is left of
  /// `guesses`.
  ///
  /// - Throws: ``MalformedASN1`` or ``SourceProblem``, where nothing at all can be read.
  static func read(
    _ bytes: ArraySlice<UInt8>, _ password: Password?, _ limits: SourceLimits,
    _ guesses: inout WorkBudget
  ) throws -> ContainerContents {
    var reader = PKCS12Reader(
      limits: limits, structure: try PKCS12Structure(bytes, limit: limits.entries),
      budget: WorkBudget(limit: limits.iterations))
    do {
      try reader.describe()
      try reader.refuseExcess()
      if let password {
        try reader.open(password)
      } else {
        try reader.openWithout(&guesses)
      }
    } catch {
      reader.contents.isOpen = false
      reader.contents.problems.append(error)
    }
    return reader.contents
  }

  private init(limits: SourceLimits, structure: PKCS12Structure, budget: WorkBudget) {
    self.limits = limits
    self.structure = structure
    self.budget = budget
  }

  /// What can be said without the password.
  private mutating func describe() throws(SourceProblem) {
    for safe in structure.safes {
      switch safe {
      case .plain(let bytes):
        guard let bags = try? self.bags(bytes) else {
          contents.problems.append(.damaged(.pkcs12, detail: "one of its parts is damaged"))
          continue
        }
        try count(bags)
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

  private func bags(_ bytes: ArraySlice<UInt8>) throws(MalformedASN1) -> PKCS12Bags {
    try PKCS12Bags(bytes, limit: limits.entries)
  }

  /// Takes the certificates, and counts all.
  private mutating func count(_ bags: PKCS12Bags) throws(SourceProblem) {
    guard !bags.isCut,
      contents.certificates.count + contents.keyCount + bags.count <= limits.entries
    else { throw .tooManyEntries(limit: limits.entries) }
    contents.certificates += bags.certificates
    contents.keyCount += bags.plainKeys.count + bags.shroudedKeys.count
  }

  private mutating func describe(_ key: EncryptedKey) {
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
    if described.insert(protection).inserted { contents.encryptions.append(protection) }
  }

  /// Nothing is hashed for a file that asks for too much anywhere.
  private func refuseExcess() throws(SourceProblem) {
    for protection in contents.encryptions + (contents.integrity.map { [$0] } ?? []) {
      guard let iterations = protection.iterations, iterations > budget.limit else { continue }
      throw .tooManyIterations(iterations, limit: budget.limit)
    }
  }

  private mutating func open(_ password: Password) throws(SourceProblem) {
    let candidates =
      password.isEmpty ? [PasswordForms(password), .none] : [PasswordForms(password)]
    if let mac = structure.mac {
      try budget.spend(mac.iterations.multipliedOrMax(by: candidates.count))
      var right: PasswordForms?
      for candidate in candidates where right == nil {
        if try mac.holds(for: structure.content, candidate) { right = candidate }
      }
      if let right {
        if password.isEmpty { contents.problems.append(.passwordEmpty(.pkcs12)) }
        try unlock(right, isProven: true)
      } else if try canOpen(candidates[0]) {
        throw .damaged(.pkcs12, detail: "its checksum does not match its content")
      } else {
        throw .passwordWrong(.pkcs12, wasEmpty: password.isEmpty)
      }
    } else {
      var right = candidates[0]
      for candidate in candidates where candidates.count > 1 {
        if try canOpen(candidate) { right = candidate }
      }
      try unlock(right, isProven: false)
    }
  }

  /// No password is known: whatever is in the clear, or behind an empty one, as long as that costs next to
  /// nothing.
  private mutating func openWithout(_ guesses: inout WorkBudget) throws(SourceProblem) {
    if contents.encryptions.isEmpty {
      try unlock(.none, isProven: true)
      return
    }
    guard let mac = structure.mac else { throw .passwordMissing(.pkcs12) }
    budget = WorkBudget(limit: min(limits.guesses, guesses.rest))
    defer { guesses.take(budget.spent) }
    let closed = contents
    do throws(SourceProblem) {
      for candidate in [PasswordForms(Password([])), .none] {
        try budget.spend(mac.iterations)
        guard try mac.holds(for: structure.content, candidate) else { continue }
        contents.problems.append(.passwordEmpty(.pkcs12))
        try unlock(candidate, isProven: true)
        return
      }
    } catch {
      guard case .tooManyIterations = error else { throw error }
      contents = closed
    }
    throw .passwordMissing(.pkcs12)
  }

  /// Whether the password opens anything that is encrypted.
  private mutating func canOpen(_ password: PasswordForms) throws(SourceProblem) -> Bool {
    for safe in structure.safes {
      switch safe {
      case .encrypted(let scheme, let ciphertext):
        try budget.spend(scheme.cost)
        return try scheme.decrypt(ciphertext, password).flatMap { try? bags($0[...]) } != nil
      case .plain(let bytes):
        for key in (try? bags(bytes))?.shroudedKeys ?? [] {
          guard case .success(let scheme) = key.scheme else { continue }
          try budget.spend(scheme.cost)
          return try scheme.decrypt(key.ciphertext, password)
            .flatMap { try? parseASN1($0[...]) } != nil
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
        if let bags = try? bags(bytes) { try take(bags, password, isProven) }
      case .encrypted(let scheme, let ciphertext):
        try budget.spend(scheme.cost)
        guard let plain = try scheme.decrypt(ciphertext, password),
          let bags = try? bags(plain[...])
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
    try count(bags)
    for key in bags.plainKeys { contents.add(key: key.bytes, alias: key.alias) }
    for key in bags.shroudedKeys {
      guard case .success(let scheme) = key.scheme else {
        contents.isOpen = false
        continue
      }
      try budget.spend(scheme.cost)
      if var plain = try scheme.decrypt(key.ciphertext, password) {
        contents.add(key: plain[...], alias: key.alias)
        wipe(&plain)
      } else if isProven {
        contents.problems.append(.keyPasswordDiffers(alias: key.alias ?? ""))
      } else {
        throw .passwordWrong(.pkcs12, wasEmpty: password.utf8.isEmpty)
      }
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
