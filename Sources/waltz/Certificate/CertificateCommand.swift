import ArgumentParser

struct CertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate", abstract: "Inspects certificate files.",
    subcommands: [CertificateInspectCommand.self])
}
