import ArgumentParser

struct CertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate", abstract: "Looks into certificate files.",
    subcommands: [CertificateInspectCommand.self])
}
