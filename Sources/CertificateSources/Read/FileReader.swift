/// Reads one file of a source, whatever it is.
struct FileReader {
  /// What it is.
  private(set) var kind: ContainerKind
  private(set) var contents = ContainerContents()

  private let limits: SourceLimits

  init(
    _ file: [UInt8], declared: ContainerForm?, password: Password?, limits: SourceLimits
  ) {
    self.limits = limits
    guard file.count <= limits.size else {
      kind = .container(declared ?? .pem)
      contents.problems = [.tooLarge(limit: limits.size)]
      contents.isOpen = false
      return
    }
    let bytes = file.withoutMark
    kind = ContainerKind(bytes, isDER: declared == .der)
    switch kind {
    case .empty: fail(.empty)
    case .foreign(let content): fail(.notAContainer(content))
    case .container(let form):
      read(bytes, form, password)
      if let declared, declared != form {
        // What else is wrong follows from the wrong name.
        contents.problems = [.otherForm(declared: declared, actual: form)]
        contents.isOpen = false
      }
    }
    let count = contents.certificates.count + contents.keys.count
    if count > limits.entries {
      contents.certificates.removeLast(min(contents.certificates.count, count - limits.entries))
      fail(.tooManyEntries(limit: limits.entries))
    }
  }

  private mutating func fail(_ problem: SourceProblem) {
    contents.problems.append(problem)
    contents.isOpen = false
  }

  private mutating func read(
    _ bytes: ArraySlice<UInt8>, _ form: ContainerForm, _ password: Password?
  ) {
    switch form {
    case .pem: readPEM(bytes, password)
    case .jks:
      do {
        contents = try JKSReader.read(bytes, password, limits)
      } catch {
        fail(error)
      }
    case .der, .pkcs12:
      guard let (whole, trailing) = whole(bytes, form) else { return }
      if form == .pkcs12 {
        readPKCS12(whole, password)
      } else {
        readDER(whole, password)
      }
      if trailing > 0 { contents.problems.append(.trailingBytes(form, count: trailing)) }
    }
  }

  /// The bytes that the outermost element claims.
  private mutating func whole(_ bytes: ArraySlice<UInt8>, _ form: ContainerForm)
    -> (bytes: ArraySlice<UInt8>, trailing: Int)?
  {
    guard let header = DERPeek(bytes).header else {
      fail(.truncated(form, expected: nil, actual: bytes.count))
      return nil
    }
    guard let length = header.length else { return (bytes, 0) }
    let size = header.size + length
    guard size <= bytes.count else {
      fail(.truncated(form, expected: size, actual: bytes.count))
      return nil
    }
    return (bytes.prefix(size), bytes.count - size)
  }

  private mutating func readPKCS12(_ bytes: ArraySlice<UInt8>, _ password: Password?) {
    do {
      contents = try PKCS12Reader.read(bytes, password, limits)
    } catch let problem as SourceProblem {
      fail(problem)
    } catch {
      fail(
        .damaged(.pkcs12, detail: (error as? MalformedASN1)?.detail ?? "its structure is damaged"))
    }
  }

  private mutating func readDER(_ bytes: ArraySlice<UInt8>, _ password: Password?) {
    switch DERContent(bytes) {
    case .certificate: contents.certificates = [.init(der: bytes)]
    case .encryptedKey: readEncryptedKey(bytes, password)
    case nil: fail(.damaged(.der, detail: "it is neither a certificate nor a key"))
    default:
      contents.keyCount = 1
      contents.add(key: bytes, alias: nil)
    }
  }

  private mutating func readPEM(_ bytes: ArraySlice<UInt8>, _ password: Password?) {
    let text = PEMText(bytes, limit: limits.entries)
    for block in text.blocks {
      if let problem = block.problem {
        fail(problem)
        continue
      }
      switch block.label {
      case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
        // What OpenSSL appends to a trusted certificate is no part of it.
        let header = DERPeek(block.bytes[...]).header
        let size = header.flatMap { header in header.length.map { $0 + header.size } }
        contents.certificates.append(
          .init(der: block.bytes.prefix(size ?? block.bytes.count), line: block.line))
      case "ENCRYPTED PRIVATE KEY": readEncryptedKey(block.bytes[...], password)
      case let label where label.hasSuffix("PRIVATE KEY") && ForeignContent(label: label) == nil:
        contents.keyCount += 1
        if block.headers.contains(where: {
          $0.name == "Proc-Type" && $0.value.hasSuffix("ENCRYPTED")
        }) {
          let cipher = block.headers.first { $0.name == "DEK-Info" }?.value.prefix { $0 != "," }
          fail(.keyEncrypted(algorithm: cipher.map(String.init)))
        } else {
          contents.add(key: block.bytes[...], alias: nil)
        }
      default: continue
      }
    }
  }

  private mutating func readEncryptedKey(_ bytes: ArraySlice<UInt8>, _ password: Password?) {
    contents.keyCount += 1
    guard let parts = try? parseASN1(bytes).node.sequence("the key"),
      let key = try? EncryptedKey(parts, nil).shrouded
    else {
      contents.problems.append(.keyUnreadable(alias: nil, detail: "its encryption is damaged"))
      return
    }
    guard case .success(let scheme) = key.scheme else {
      if case .failure(.unsupportedAlgorithm(let name, _)) = key.scheme {
        fail(.keyEncrypted(algorithm: name))
      }
      return
    }
    contents.encryptions.append(
      .init(
        subject: "key", algorithm: scheme.name, iterations: scheme.iterations, isWeak: scheme.isWeak
      ))
    fail(.keyEncrypted(algorithm: scheme.name))
    // SEPM refuses it in any case; with the password it can at least be told whose key it is.
    var budget = WorkBudget(limits)
    guard let password, (try? budget.spend(scheme.cost)) != nil,
      let plain = scheme.decrypt(key.ciphertext, PasswordForms(password))
    else { return }
    contents.add(key: plain[...], alias: nil)
  }
}

extension [UInt8] {
  /// The bytes without the mark that some editors on Windows put before a text.
  fileprivate var withoutMark: ArraySlice<UInt8> {
    starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...]
  }
}

extension ContainerKind {
  /// What a file is, told by its content.
  public init(of file: [UInt8]) {
    self.init(file.withoutMark, isDER: false)
  }

  /// Told by the content; DER that can not be told apart is believed to be what it is said to be.
  init(_ bytes: ArraySlice<UInt8>, isDER: Bool) {
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) {
      self = .empty
    } else if bytes.starts(with: [0xFE, 0xED, 0xFE, 0xED]) {
      self = .container(.jks)
    } else if let content = DERContent(bytes) {
      switch content {
      case .foreign(let content): self = .foreign(content)
      case .pkcs12: self = .container(.pkcs12)
      default: self = .container(.der)
      }
    } else if PEMText.isIn(bytes) {
      self.init(pem: bytes)
    } else if isDER, bytes.first == 0x30 {
      self = .container(.der)
    } else {
      self = .foreign(ForeignContent(recognising: bytes))
    }
  }

  private init(pem bytes: ArraySlice<UInt8>) {
    var foreign: ForeignContent?
    for block in PEMText(bytes, limit: 1_000).blocks {
      guard let found = ForeignContent(label: block.label) else {
        self = .container(.pem)
        return
      }
      if foreign == nil || foreign == .parameters { foreign = found }
    }
    self = foreign.map { .foreign($0) } ?? .container(.pem)
  }
}
