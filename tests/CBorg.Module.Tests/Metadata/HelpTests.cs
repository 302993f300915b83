using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using CBorg.Build;
using CBorg.Build.Help;
using Xunit;

namespace CBorg.Module.Tests.Metadata;

public sealed class HelpTests
{
    public static TheoryData<string> Names => CmdletTests.Names;

    [Fact]
    public void There_is_a_page_for_each_cmdlet_and_no_other()
    {
        string[] pages =
        [
            .. Directory
                .EnumerateFiles(BuiltModule.Repository.PathOf("docs", "help"))
                .Select(file => Path.GetFileName(file))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name + ".md").Order(StringComparer.Ordinal), pages);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_says_what_the_cmdlet_declares(string name)
    {
        HelpPage page = Page(name);
        Assert.Equal(name, page.Name);
        string complaints = string.Join('\n', HelpCheck.Complaints(page, CmdletTests.Cmdlet(name)));
        Assert.True(complaints.Length == 0, complaints);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_page_tells_of_each_output_type(string name)
    {
        string[] told = [.. Page(name).Outputs.Select(item => item.Name)];
        Assert.All(CmdletTests.Cmdlet(name).OutputTypes, type => Assert.Contains(type, told));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_of_a_page_lead_somewhere(string name)
    {
        string[] known = [.. BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name), "about_CBorg"];
        Assert.All(Page(name).Links, link => Assert.Contains(link.Text, known));
    }

    [Fact]
    public void The_built_help_is_made_of_these_pages()
    {
        XDocument help = XDocument.Load(BuiltModule.File("en-US", HelpFile.Name));
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
        Assert.Equal(
            BuiltModule.Cmdlets.Select(cmdlet => cmdlet.Name),
            help.Descendants(command + "details").Select(details => details.Element(command + "name")!.Value)
        );
        string expected = MamlWriter.Write(BuiltModule.Cmdlets.Select(cmdlet => (Page(cmdlet.Name), cmdlet))).ToString();
        Assert.Equal(expected, help.ToString());
    }

    [Fact]
    public void A_gap_in_a_page_is_named()
    {
        CmdletMetadata cmdlet = CmdletTests.Cmdlet("Get-CBorgModel");
        HelpPage page = Page(cmdlet.Name);
        HelpPage wrong = page with
        {
            Parameters =
            [
                .. page.Parameters.Where(item => item.Name != "Mode"),
                new HelpItem("Colour", ["Which colour."], "Type: string."),
            ],
        };
        Assert.Equal(
            ["Get-CBorgModel: the page says nothing of -Mode", "Get-CBorgModel: the page tells of -Colour, which does not exist"],
            HelpCheck.Complaints(wrong, cmdlet)
        );
    }

    internal static HelpPage Page(string name) => MarkdownPage.Read(BuiltModule.Repository.PathOf("docs", "help", name + ".md"));
}
