package import CertificateSources
package import Reports
package import WorkingTree

/// A certificate file that somebody wants to look into, beside any plan.
package struct InspectedFile: Sendable {
  /// The certificate, or a container with its key; `-` is standard input.
  private let file: String

  /// The file of the key, where it has one of its own.
  private let key: String?

  package init(_ file: String, key: String? = nil) {
    self.file = file
    self.key = key
  }

  /// Reads the file and says what it holds.
  ///
  /// * `time`: The day on which it is to be good, in seconds since 1970 in UTC.
  /// - Throws: ``WorkspaceError`` where a file cannot be read, or a container is said to lack its own key.
  package func inspect(
    in folder: WorkingFolder, password: Password?, at time: Int64
  ) throws(WorkspaceError) -> CertificateInspection {
    let limit = SourceLimits.standard.size
    let bytes = try folder.read(file, limit: limit)
    let kind = ContainerKind(of: bytes)
    let report: SourceReport
    if let key {
      if case .container(let form) = kind, form == .pkcs12 || form == .jks {
        throw WorkspaceError(
          .arguments, "'\(file)' is \(form.name) and holds its own key: leave out --key.")
      }
      report = examineSource(
        certificate: bytes, key: try folder.read(key, limit: limit), declared: declared,
        password: password)
    } else {
      let isStore = [.container(.pkcs12), .container(.jks)].contains(kind)
      report = examineSource(bytes, declared: declared, password: password, needsKey: isStore)
    }
    return CertificateInspection(report, files: [file] + (key.map { [$0] } ?? []), at: time)
  }

  /// What the names say that the files are; nil where they say nothing, or not the same.
  private var declared: ContainerForm? {
    let form = Self.form(of: file)
    return key.map { Self.form(of: $0) == form } == false ? nil : form
  }

  private static func form(of name: String) -> ContainerForm? {
    switch name.lowercased().split(separator: ".").last {
    case "p12", "pfx": .pkcs12
    case "jks": .jks
    case "pem": .pem
    case "der": .der
    default: nil
    }
  }
}
