import Cryptography

/// Reads one file of a source, whatever it is.
struct FileReader {
  /// What it is.
  private(set) var kind: ContainerKind
  private(set) var contents = ContainerContents()

  private let limits: SourceLimits

  /// What the password may cost in this file, whatever the number of keys.
  private var work: WorkBudget

  /// `guesses` is what empty passwords may cost that nobody gave.
  init(
    _ file: [UInt8], _ declared: ContainerForm?, _ password: Password?, _ limits: SourceLimits,
    _ guesses: inout WorkBudget
  ) {
    self.limits = limits
    work = WorkBudget(limit: limits.iterations)
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
      read(bytes, form, password, &guesses)
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
    _ bytes: ArraySlice<UInt8>, _ form: ContainerForm, _ password: Password?,
    _ guesses: inout WorkBudget
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
        readPKCS12(whole, password, &guesses)
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

  private mutating func readPKCS12(
    _ bytes: ArraySlice<UInt8>, _ password: Password?, _ guesses: inout WorkBudget
  ) {
    do {
      contents = try PKCS12Reader.read(bytes, password, limits, &guesses)
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
      let key = try? EncryptedKey(parts, nil)
    else {
      contents.problems.append(.keyUnreadable(alias: nil, detail: "its encryption is damaged"))
      return
    }
    guard case .success(let scheme) = key.scheme else {
      switch key.scheme {
      case .failure(.unsupportedAlgorithm(let name, _)),
        .failure(.unavailableAlgorithm(let name, _)):
        fail(.keyEncrypted(algorithm: name))
      default: break
      }
      return
    }
    contents.encryptions.append(
      .init(
        subject: "key", algorithm: scheme.name, iterations: scheme.iterations, isWeak: scheme.isWeak
      ))
    fail(.keyEncrypted(algorithm: scheme.name))
    // SEPM refuses it in any case; with the password it can at least be told whose key it is.
    guard let password, (try? work.spend(scheme.cost)) != nil,
      var plain = try? scheme.decrypt(key.ciphertext, PasswordForms(password))
    else { return }
    contents.add(key: plain[...], alias: nil)
    wipe(&plain)
  }
}
