/// Puts what was found in the files of a source together.
struct SourceAssembly {
  private var containers: [ContainerReading] = []
  private var certificates: [CertificateEntry] = []
  private var keys: [PrivateKeyFacts] = []
  private var findings: [SourceFinding] = []
  private var files: [(part: SourcePart, certificates: Int, keys: Int)] = []

  /// Takes what a file holds.
  mutating func add(_ file: FileReader, as part: SourcePart) {
    let contents = file.contents
    containers.append(
      ContainerReading(
        part: part, kind: file.kind, encryptions: contents.encryptions,
        integrity: contents.integrity, isOpen: contents.isOpen))
    for problem in contents.problems { findings.append(.init(problem: problem, part: part)) }
    for found in contents.certificates {
      do {
        let facts = try CertificateFacts(reading: found.der)
        certificates.append(
          .init(
            facts: facts, part: part, alias: found.alias, line: found.line, entry: found.entry))
        for oddity in facts.oddities {
          findings.append(
            .init(problem: .oddCertificate(name: facts.shortName, detail: oddity), part: part))
        }
      } catch {
        let problem = SourceProblem.certificateUnreadable(
          alias: found.alias, line: found.line, detail: error.detail)
        findings.append(.init(problem: problem, part: part))
      }
    }
    // The same key may stand in both files of a pair.
    for key in contents.keys
    where part == .certificate || !keys.contains(where: { $0.isSame(as: key) }) {
      keys.append(key)
    }
    files.append((part, contents.certificates.count, contents.keyCount))
  }

  /// The report, with what only the whole can tell.
  func report(needsKey: Bool) -> SourceReport {
    var findings = findings
    let hasFailed = findings.contains { $0.problem.severity == .error }
    let isPair = files.count == 2
    // In a pair the certificates of the key's file are looked at where there are no others.
    var used = certificates.filter { $0.part == .certificate }
    if used.isEmpty { used = certificates }
    let isTruststore = needsKey && !used.isEmpty && used.allSatisfy { $0.entry == .trusted }
    // None of those is a server's.
    if isTruststore { used = [] }

    if !hasFailed {
      let (certificateCount, keyCount) = files.reduce((0, 0)) {
        ($0.0 + $1.certificates, $0.1 + $1.keys)
      }
      if isPair, files[0].certificates == 0, files[1].certificates > 0, files[0].keys > 0,
        files[1].keys == 0
      {
        findings.append(.init(problem: .filesSwapped, part: .certificate))
      } else if isPair, files[0].certificates == 0 {
        findings.append(.init(problem: .certificateMissing, part: .certificate))
      } else if isPair, files[1].keys == 0 {
        findings.append(.init(problem: .keyMissing, part: .key))
      } else if certificateCount == 0, needsKey || keyCount == 0 {
        findings.append(.init(problem: .certificateMissing, part: .certificate))
      } else if keyCount == 0, isTruststore, case .container(let form) = containers[0].kind {
        findings.append(.init(problem: .keyEntryMissing(form), part: .certificate))
      } else if keyCount == 0, needsKey {
        findings.append(.init(problem: .keyMissing, part: .certificate))
      }
    }
    if keys.count > 1 {
      let problem = SourceProblem.severalKeys(aliases: keys.compactMap(\.alias))
      findings.append(.init(problem: problem, part: isPair ? .key : .certificate))
    }
    let isOrdered = containers.first { $0.part == used.first?.part }?.kind == .container(.pem)
    var builder = ChainBuilder(ServedCertificates(used, keys: keys, isOrdered: isOrdered))
    let chain = builder.chain()
    if keys.count == 1, let chain, keys[0].matches(chain.leaf) == false {
      let problem = SourceProblem.keyMismatch(key: keys[0].kind, certificate: chain.leaf.shortName)
      findings.append(.init(problem: problem, part: isPair ? .key : .certificate))
    }
    let part = used.first?.part ?? .certificate
    // Half a file has half a chain; without its password a JKS keystore hides its keys alone.
    let isHalf =
      containers.contains { !$0.isOpen }
      && findings.contains {
        $0.problem.severity == .error && $0.problem != .passwordMissing(.jks)
      }
    if !isHalf {
      findings += builder.problems.map { .init(problem: $0, part: part) }
    }
    return SourceReport(
      containers: containers, certificates: certificates, keys: keys, chain: chain,
      findings: findings)
  }
}

extension PrivateKeyFacts {
  fileprivate func isSame(as other: PrivateKeyFacts) -> Bool {
    kind == other.kind && publicKeyBits != nil && publicKeyBits == other.publicKeyBits
  }
}
