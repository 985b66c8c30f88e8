package Acme::Shelf;

use strict;
use warnings;
use parent qw(Exporter Acme::Base);

our $VERSION = '1.02';
our @EXPORT = qw(open_shelf);
our @EXPORT_OK = qw(close_shelf $LIMIT ROWS _shown);
our %EXPORT_TAGS = (all => [@EXPORT, @EXPORT_OK]);
our $LIMIT = 10;
our (@LIST, %MAP);
my $private = 1;

use constant ROWS => 10;
use constant {
    COLUMNS => 20,
    _DEPTH  => 3,
};
use constant LIST => qw(a b c);

=head1 NAME

Acme::Shelf - keeps books in order

=head1 SYNOPSIS

  use Acme::Shelf;
  my $shelf = open_shelf('a');

=head1 DESCRIPTION

Books go B<in> and come I<out>, see L<Acme::Base> and C<< $a->b >>.

=head1 FUNCTIONS

=head2 open_shelf($path, %options)

Opens a shelf at C<$path>.

  open_shelf('a', mode => 'r');

Modes are

=over 4

=item *

C<r>, to read

=item *

C<w>, to write

=back

=cut

sub open_shelf {
    my ($path, %options) = @_;
    my $inner = sub { 1 };
    return bless {}, __PACKAGE__;
}

=over 4

=item close_shelf

Closes it.

=item C<< $shelf->push($book) >>

Adds a book.

=back

=cut

sub close_shelf($) { return 1 }

# Plain comments right above.
# Two lines.
sub push { my $self = shift; }

sub _hidden { }

sub proto($$;@) { }

sub signature ($self, $a, $b = 2, @rest) { }

sub attributed : lvalue method { my $x }

sub forward;

BEGIN { *alias = \&open_shelf; }

*Acme::Shelf::other_alias = sub { 1 };

{
    package Acme::Shelf::Inner;
    our $INNER = 1;
    sub new { bless {}, shift }
    sub count { 0 }
}

package Acme::Shelf::Block 1.5 {
    sub block_method { }
    use constant BLOCKED => 1;
}

package Acme::Shelf::Moose;
use Moose;

# The title.
has title => (is => 'rw', isa => 'Str');
has 'name' => (is => 'ro', required => 1);
has [qw(left right)] => (is => 'ro');
has '+inherited' => (default => 1);
has _cache => (is => 'ro', lazy => 1);

method sign => sub { };

before title => sub { };

=head2 build

Builds one.

=cut

sub build {
    my ($self, @args) = @_;
}

sub Acme::Elsewhere::made { }

sub broken {
    my $x = = ;
}

sub after { 1 }

1;

__END__

=head2 after

Found after the error, documented at the end.

=head1 VERSION

Not documentation of the variable.

=head1 METHODS

=head3 $shelf->count

How many.

=head1 AUTHOR

Us.

=cut
