import CanonicalJSON
import CertificateSources

extension CertificateInspection {
  /// The inspection for programs.
  public var json: String {
    var writer = JSONWriter(indent: 2)
    writer.object { writer in
      writer.member("formatVersion", "1.1")
      writer.member("good", isGood)
      writer.key("files")
      writer.array { writer in
        for container in report.containers { write(container, to: &writer) }
      }
      writer.key("certificates")
      writer.array { writer in
        for entry in report.certificates { write(entry, to: &writer) }
      }
      writer.key("keys")
      writer.array { writer in
        for key in report.keys { write(key, to: &writer) }
      }
      writer.key("chain")
      if let chain = report.chain { write(chain, to: &writer) } else { writer.null() }
      writer.key("problems")
      writer.array { writer in
        for finding in findings { write(finding, to: &writer) }
      }
    }
    writer.newLine()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(_ container: ContainerReading, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("file", file(of: container.part))
      writer.member("kind", container.kind.identifier)
      writer.member("open", container.isOpen)
      writer.key("encryptions")
      writer.array { writer in
        for protection in container.encryptions { write(protection, to: &writer) }
      }
      writer.key("integrity")
      if let integrity = container.integrity {
        write(integrity, to: &writer)
      } else {
        writer.null()
      }
    }
  }

  private func write(_ protection: ContainerReading.Protection, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("protects", protection.subject)
      writer.member("algorithm", protection.algorithm)
      writer.member("iterations", orNull: protection.iterations)
      writer.member("weak", protection.isWeak)
    }
  }

  private func write(_ entry: CertificateEntry, to writer: inout JSONWriter) {
    let facts = entry.facts
    writer.object { writer in
      writer.member("file", file(of: entry.part))
      writer.member("alias", orNull: entry.alias)
      writer.member("line", orNull: entry.line)
      writer.member("fingerprint", facts.fingerprintText)
      writer.member("subject", facts.subject)
      writer.member("issuer", facts.issuer)
      writer.member("selfIssued", facts.isSelfIssued)
      writer.member("serial", facts.serial)
      writer.member("notBefore", orNull: facts.notBefore.map(UTCText.instant))
      writer.member("notAfter", orNull: facts.notAfter.map(UTCText.instant))
      writer.member("daysLeft", orNull: facts.notAfter.map { UTCText.days(from: now, to: $0) })
      writer.member("key", facts.key.name)
      writer.member("signature", facts.signature.name)
      writer.member("commonName", orNull: facts.commonName)
      writer.strings("names", facts.alternativeNames.map(\.text))
      writer.member("authority", facts.basicConstraints?.isAuthority ?? false)
      writer.member("pathLength", orNull: facts.basicConstraints?.pathLength)
      writer.strings("keyUsages", facts.keyUsages)
      writer.strings("extendedKeyUsages", facts.extendedKeyUsages?.map(\.text))
    }
  }

  private func write(_ key: PrivateKeyFacts, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("kind", key.kind.name)
      writer.member("encoding", key.encoding.rawValue)
      writer.member("alias", orNull: key.alias)
      let owner = report.certificates.first { key.matches($0.facts) == true }
      writer.member("certificate", orNull: owner?.facts.fingerprintText)
    }
  }

  private func write(_ chain: CertificateChain, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.strings("certificates", chain.certificates.map(\.fingerprintText))
      writer.strings("foreign", chain.foreign.map(\.fingerprintText))
      writer.member("complete", chain.isComplete)
      switch chain.end {
      case .selfSigned: writer.member("missingIssuer", orNull: nil as String?)
      case .openAuthority(let issuer), .openLeaf(let issuer): writer.member("missingIssuer", issuer)
      }
    }
  }

  private func write(_ finding: SourceFinding, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("code", finding.problem.identifier)
      writer.member("page", finding.code)
      writer.member("severity", finding.problem.severity.word)
      writer.member("file", file(of: finding.part))
      writer.member("summary", finding.summary)
      writer.member("help", finding.help)
    }
  }
}

extension JSONWriter {
  /// Writes a member that is a list of strings, or null.
  fileprivate mutating func strings(_ name: String, _ values: [String]?) {
    key(name)
    guard let values else { return null() }
    array { writer in
      for value in values { writer.string(value) }
    }
  }
}
