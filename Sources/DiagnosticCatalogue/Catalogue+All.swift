import CertificateChecks
import DocumentForm
import EstateScenarios
import NotificationFiles
import PlanCompiler
import PlanSyntax
public import PlanText
import SiteChecks

extension Catalogue {
  /// Every diagnostic that Waltz can print: what each target has pages about.
  public static let all = Catalogue(
    Array(
      [
        CatalogueEntry.syntaxPages, CatalogueEntry.mergePages, CatalogueEntry.formPages,
        CatalogueEntry.secretPages, CatalogueEntry.overlayPages, CatalogueEntry.suppressionPages,
        CatalogueEntry.meaningPages, CatalogueEntry.graphPages, CatalogueEntry.certificatePages,
        CatalogueEntry.sitePages, CatalogueEntry.scenarioPages, CatalogueEntry.newsPages,
      ].joined()))
}
