public import PlanModel
import PlanText

extension Scalar where Value == Duration {
  /// `90m`, `24h`, `7d`, `1d12h`.
  public static let duration = Scalar.written.mended(by: mendedDuration)

  private static let written = Scalar(
    "a duration such as 24h", examples: ["24h", "7d", "1d12h", "90m"], page: .notADuration,
    rule: "Write whole numbers with d, h, m or s, the largest unit first, without spaces: 24h, 7d, "
      + "1d12h.",
    pattern: "^(?=.)([0-9]{1,15}d)?([0-9]{1,15}h)?([0-9]{1,15}m)?([0-9]{1,15}s)?$"
  ) { Duration(planNotation: $0) }
}

extension Scalar where Value == Share {
  /// `98%`, `99.5%`.
  public static let share = Scalar.written.mended(by: mendedShare)

  private static let written = Scalar(
    "a share such as 98%", examples: ["98%", "99.5%"], page: .notAShare,
    rule: "Write a number with a percent sign, with at most four decimals: 98%, 99.5%.",
    pattern: "^[0-9]{1,7}(\\.[0-9]{1,4})?%$"
  ) { Share($0) }
}

extension Scalar where Value == ProductVersion {
  /// `14.3.9816`.
  public static let version = Scalar(
    "a version such as 14.3.9816", examples: ["14.3.9816"], page: .notAVersion,
    rule: "Write two to four numbers with dots between them: 14.3.9816.",
    pattern: "^[0-9]{1,15}(\\.[0-9]{1,15}){1,3}$", jsonTypes: ["string", "number"]
  ) { ProductVersion($0) }
}

extension Scalar where Value == Fingerprint {
  /// `sha256:` and 64 hexadecimal digits.
  public static let fingerprint = Scalar(
    "a fingerprint: 'sha256:' and 64 hexadecimal digits",
    examples: ["sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    page: .notAFingerprint,
    rule: "Write 'sha256:' and the SHA-256 of the certificate's DER, as 'openssl x509 -noout "
      + "-fingerprint -sha256 -in FILE' prints it.",
    pattern: "^sha256:([0-9A-Fa-f]:*){64}$"
  ) { Fingerprint($0) }
}

extension Scalar where Value == String {
  /// A name of something in a document: letters, digits, dots, dashes, underscores.
  public static let name = Scalar(
    "a name", examples: ["paris"], page: .notAName,
    rule: "Write letters, digits, dots, dashes and underscores; the first must be a letter or a "
      + "digit.",
    pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", maximumLength: 253,
    jsonTypes: ["string", "number", "boolean"]
  ) { text in
    guard let first = text.utf8.first, first.isLetterOrDigit,
      text.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == "." || $0 == "-" || $0 == "_" })
    else { return nil }
    return text
  }

  /// The name of a document: lower case, digits, dashes.
  public static let documentName = Scalar.writtenDocumentName.mended { $0.lowercased() }

  private static let writtenDocumentName = Scalar(
    "a name of lower case letters, digits and dashes", examples: ["emea-2026"], page: .notAName,
    rule: "Write at most 63 lower case letters, digits and dashes; start and end with a letter or "
      + "a digit, for example emea-2026.",
    pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", maximumLength: 63,
    jsonTypes: ["string", "number", "boolean"]
  ) { text in
    guard let first = text.utf8.first, let last = text.utf8.last, first != "-", last != "-",
      text.utf8.allSatisfy({
        ("a"..."z").contains($0) || $0.isDigit || $0 == "-"
      })
    else { return nil }
    return text
  }

  /// The key of a label, as Kubernetes writes them: `change`, `example.net/owner`.
  public static let labelKey = Scalar(
    "a label's key", examples: ["change"], page: .notAName,
    rule:
      "Write letters, digits, dots, dashes, underscores and slashes; the first must be a letter "
      + "or a digit.",
    pattern: "^[A-Za-z0-9][A-Za-z0-9._/-]*$", maximumLength: 253,
    jsonTypes: ["string", "number", "boolean"]
  ) { text in
    guard let first = text.utf8.first, first.isLetterOrDigit,
      text.utf8.allSatisfy({
        $0.isLetterOrDigit || $0 == "." || $0 == "-" || $0 == "_" || $0 == "/"
      })
    else { return nil }
    return text
  }

  /// Any text that is not empty.
  public static let text = Scalar(
    "a text", examples: [], page: .emptyText, rule: "Write a text, or leave the key out.",
    pattern: "\\S", jsonTypes: ["string", "number", "boolean"]
  ) { text in
    text.utf8.contains { $0 > 0x20 } && !text.utf8.contains(0) ? text : nil
  }

  /// A path, relative to the folder of the document.
  public static let path = Scalar(
    "a path", examples: ["certs/paris.p12"], page: .notAPath,
    rule: "Write the path of a file, relative to the folder of this document, on one line.",
    pattern: "^[^\\u0000-\\u001F\\u007F]+$", maximumLength: 4096,
    jsonTypes: ["string", "number", "boolean"]
  ) { text in
    text.utf8.isEmpty || text.utf8.contains { $0 < 0x20 || $0 == 0x7F } ? nil : text
  }

  /// The name of an environment variable. A wrong one may be the secret itself and is never shown.
  public static let environmentVariable: Scalar = {
    var scalar = Scalar(
      "the name of an environment variable", examples: ["PARIS_P12_PASSWORD"], page: .notAName,
      rule: "Write letters, digits and underscores, not starting with a digit, for example "
        + "PARIS_P12_PASSWORD. This is the name of the variable, never the secret itself.",
      pattern: "^[A-Za-z_][A-Za-z0-9_]*$", maximumLength: 255, jsonTypes: ["string", "boolean"]
    ) { text in
      guard let first = text.utf8.first, !first.isDigit,
        text.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == "_" })
      else { return nil }
      return text
    }
    scalar.isConcealed = true
    return scalar
  }()

  /// A host name, an IPv4 address or an IPv6 address without brackets.
  public static let address = Scalar(
    "a host name or an IP address", examples: ["sepm-par-01.example.net", "192.0.2.10"],
    page: .notAnAddress,
    rule: "Write only the host name or the address, without a scheme, a port or a path. An IPv4 "
      + "address has four numbers from 0 to 255.",
    // A name that ends in a number is an IPv4 address, or nothing, to everybody who resolves it.
    pattern: "^((?!([^.]*\\.)*[0-9]+$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]"
      + "([A-Za-z0-9_-]*[A-Za-z0-9_])?)*|((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(?!$)|$)){4}"
      + "|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$",
    maximumLength: 253, jsonTypes: ["string", "number", "boolean"]
  ) { isAddress($0) ? $0 : nil }

  /// An absolute URL of a web service, without credentials.
  public static let url = Scalar(
    "a URL such as https://sepm-par-01.example.net:8446",
    examples: ["https://sepm-par-01.example.net:8446"], page: .notAURL,
    rule: "Write 'https://', the host and the port, without a user name, query or fragment.",
    pattern: "^https?://(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?(/[^\\s?#]*)?$",
    maximumLength: 2048
  ) { isURL($0) ? $0 : nil }
}

private func isAddress(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { isAddress($0) }
}

private func isAddress(_ bytes: some Collection<UInt8>) -> Bool {
  if bytes.contains(":") {
    return bytes.count(where: { $0 == ":" }) >= 2
      && bytes.allSatisfy { byte in
        ("0"...":").contains(byte) || ("A"..."F").contains(byte)
          || ("a"..."f").contains(byte) || byte == "."
      }
  }
  var previous: UInt8 = "."
  var labelIsNumber = true
  for byte in bytes {
    let isWord = byte.isLetterOrDigit || byte == "_"
    switch byte {
    case "." where previous == "." || previous == "-": return false
    case "-" where previous == ".": return false
    case ".", "-": break
    default: if !isWord { return false }
    }
    if byte == "." {
      labelIsNumber = true
    } else if !byte.isDigit {
      labelIsNumber = false
    }
    previous = byte
  }
  guard previous != ".", previous != "-" else { return false }
  return !labelIsNumber || isIPv4(bytes)
}

/// Four numbers up to 255 without zeros before them, which some readers take for octal.
private func isIPv4(_ bytes: some Collection<UInt8>) -> Bool {
  var numbers = 0
  var number: Int?
  for byte in bytes {
    switch byte {
    case ".":
      guard number != nil, numbers < 3 else { return false }
      numbers += 1
      number = nil
    case "0"..."9":
      guard number != 0 else { return false }
      let next = (number ?? 0) * 10 + Int(byte - "0")
      guard next <= 255 else { return false }
      number = next
    default: return false
    }
  }
  return numbers == 3 && number != nil
}

private func isURL(_ text: String) -> Bool {
  let scheme = ["https://", "http://"].first { text.hasPrefix($0) }
  guard let scheme else { return false }
  let rest = text.utf8.dropFirst(scheme.utf8.count)
  let authority = rest.prefix { $0 != "/" }
  let path = rest.dropFirst(authority.count)
  guard path.allSatisfy({ $0 > 0x20 && $0 != "?" && $0 != "#" && $0 != 0x7F }) else {
    return false
  }
  var host = authority
  var port: Substring.UTF8View?
  if authority.first == "[" {
    guard let end = authority.firstIndex(of: "]") else { return false }
    host = authority[authority.index(after: authority.startIndex)..<end]
    let after = authority[authority.index(after: end)...]
    guard host.contains(":"), after.first ?? ":" == ":"
    else { return false }
    port = after.isEmpty ? nil : after.dropFirst()
  } else if let colon = authority.firstIndex(of: ":") {
    host = authority[..<colon]
    port = authority[authority.index(after: colon)...]
    guard !host.isEmpty else { return false }
  }
  if let port {
    guard (1...5).contains(port.count), port.allSatisfy({ $0.isDigit }),
      (1...65_535).contains(port.reduce(0) { $0 * 10 + Int($1 - "0") })
    else { return false }
  }
  return isAddress(host)
}
