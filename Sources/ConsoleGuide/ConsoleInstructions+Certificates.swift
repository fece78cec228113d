package import PlanModel
import PlanText

extension ConsoleInstructions {
  /// The files of a certificate, the certificate first, as the operator can reach them.
  package func files(of source: CertificateSource) -> [String] {
    switch source.container {
    case .pkcs12(let file), .jks(let file): [path(file.value)]
    case .pem(let certificate, let key), .der(let certificate, let key):
      [path(certificate.value), path(key.value)]
    }
  }

  /// Where the password of a certificate is, never what it is; nil where it has none.
  package func password(of source: CertificateSource) -> String? {
    guard let reference = source.password?.value else { return nil }
    // Of a program no argument, since one may be a secret.
    let (template, name) =
      switch reference {
      case .environment(let name): (words.environment, name)
      case .file(let file): (words.passwordFile, path(file))
      case .command(let arguments): (words.program, arguments.first ?? "")
      }
    return template.replacing("{name}", with: quoting(name))
  }

  private func path(_ path: String) -> String {
    guard let folder, !folder.isEmpty, !path.hasPrefix("/") else { return path }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }
}
