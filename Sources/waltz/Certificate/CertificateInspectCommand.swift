import ArgumentParser
import PlanWorkspace
import Reports
import RotationEngine
import WorkingTree

struct CertificateInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what a certificate file holds: PEM, DER, PKCS#12 or JKS.",
    discussion: """
      The file is recognised by its content. The output shows how it is protected, its \
      certificates with their fingerprints as a plan takes them, the kind of its key and which \
      certificate it belongs to, the chain, and what is wrong. It never shows a password or a key. \
      Without the password it shows what can be told without it.
      """)

  @Argument(help: "The file; - is standard input.")
  var file: String

  @Option(help: ArgumentHelp("The private key, if it is in a separate file.", valueName: "file"))
  var key: String?

  @Option(
    help: ArgumentHelp("Where the password is: env:NAME or file:PATH.", valueName: "reference"))
  var password: String?

  @Option(help: "Output format: text or json.")
  var format = DataFormat.text

  @OptionGroup var access: PlanAccessOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let folder = access.folder
    try StandardInput.check([file] + (key.map { [$0] } ?? []))
    // The password's place first: a mistake there is one of usage.
    let password = try self.password.map {
      try PasswordReference($0).resolve(in: folder, variable: Environment.variable)
    }
    let inspection = try InspectedFile(file, key: key).inspect(
      in: folder, password: password, at: Environment.now().milliseconds / 1_000)
    switch format {
    case .text:
      Terminal.output.write(output.color) { inspection.text(layout: $0) }
    case .json: Terminal.output.write(Printout(json: inspection.json))
    }
    if !inspection.isGood { throw ExitStatus.findings }
  }
}
