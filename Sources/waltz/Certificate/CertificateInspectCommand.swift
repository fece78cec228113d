import ArgumentParser
import CertificateSources
import Reports
import RotationEngine
import WorkingTree

struct CertificateInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what a certificate file holds: PEM, DER, PKCS#12 or JKS.",
    discussion: """
      The file is recognised by its content. Shown are how it is protected, its certificates with their \
      fingerprints as a plan takes them, the kind of its key and whose it is, the chain, and what is \
      wrong. Neither a password nor a key is ever shown. Without the password, all that can be told is told.
      """)

  /// How the inspection is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @Argument(help: "The file; - is standard input.")
  var file: String

  @Option(help: ArgumentHelp("The private key, where it has a file of its own.", valueName: "file"))
  var key: String?

  @Option(
    help: ArgumentHelp("Where the password is: env:NAME or file:PATH.", valueName: "reference"))
  var password: String?

  @Option(help: "How to print: text or json.")
  var format = Format.text

  @OptionGroup var output: OutputOptions

  func run() throws {
    let folder = Environment.workingFolder()
    try StandardInput.check([file] + (key.map { [$0] } ?? []))
    // The password's place first: a mistake there is one of usage.
    let password = try self.password.map { try PasswordReference($0).resolve() }
    let limit = SourceLimits.standard.size
    let bytes = try folder.read(file, limit: limit)
    let kind = ContainerKind(of: bytes)
    let report: SourceReport
    if let key {
      if case .container(let form) = kind, form == .pkcs12 || form == .jks {
        throw CommandError(
          .usage, "'\(file)' is \(form.name) and has its own key: leave out --key.")
      }
      report = examineSource(
        certificate: bytes, key: try folder.read(key, limit: limit), declared: declared,
        password: password)
    } else {
      let isStore = [.container(.pkcs12), .container(.jks)].contains(kind)
      report = examineSource(bytes, declared: declared, password: password, needsKey: isStore)
    }
    let inspection = CertificateInspection(
      report, files: [file] + (key.map { [$0] } ?? []),
      at: Environment.now().milliseconds / 1_000)
    switch format {
    case .text:
      Terminal.output.write(inspection.text(layout: Terminal.output.layout(output.color)))
    case .json: Terminal.output.write(inspection.json)
    }
    if !inspection.isGood { throw ExitStatus.findings }
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
